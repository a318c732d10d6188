using Agents.Contracts;
using Agents.Contracts.Realtime;
using Agents.Realtime.Hub;

namespace Agents.Realtime.Grpc;

/// <summary>One call of <c>Connect</c> from its registration on: reads what the device says and answers it.</summary>
internal sealed class AgentServiceCall(
    HttpContext context, DevicePeer device, GrpcDialect dialect, Welcome welcome, Router router, HubOptions options, TimeProvider time,
    CancellationTokenSource ended)
{
    /// <summary>Who never registers is in no table, and nobody would ever end it.</summary>
    private static readonly TimeSpan RegisterLimit = TimeSpan.FromSeconds(15);

    private readonly GrpcLink _link = new(context, ended);
    private readonly GrpcReader _reader = new(context.Request.BodyReader);
    private Rate _rate = new(options.DeviceFramesPerSecond, time);
    private Connection? _connection;
    private string? _refused;

    /// <summary>How it ended.</summary>
    public async Task<GrpcStatus> RunAsync()
    {
        try
        {
            await ReadAllAsync();
        }
        catch (OperationCanceledException) when (_link.Status is { } closed)
        {
            return closed;
        }
        finally
        {
            await CloseAsync();
        }

        return _link.Status ?? new(GrpcCode.Ok);
    }

    private async Task ReadAllAsync()
    {
        using var unregistered = new CancellationTokenSource(RegisterLimit, time);
        while (await ReadOneAsync(unregistered.Token) is { } frame)
        {
            var wait = _rate.Take();
            if (wait > TimeSpan.Zero)
            {
                _connection?.Tell(FaultKind.TooFast, $"more than {options.DeviceFramesPerSecond} messages a second");
                await Task.Delay(wait, time, ended.Token);
            }

            await TakeAsync(dialect.Decode(frame));
        }
    }

    private async ValueTask<byte[]?> ReadOneAsync(CancellationToken unregistered)
    {
        if (_connection is not null)
        {
            return await _reader.ReadAsync(ended.Token);
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(ended.Token, unregistered);
        try
        {
            return await _reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (unregistered.IsCancellationRequested && !ended.IsCancellationRequested)
        {
            throw new GrpcException(GrpcCode.DeadlineExceeded, $"Register within {RegisterLimit.TotalSeconds} s.");
        }
    }

    private async Task TakeAsync(Received received)
    {
        switch (received.Message)
        {
            case Registered registered:
                await RegisterAsync(registered);
                break;
            case Beaten beaten:
                await BeatAsync(beaten);
                break;
            case Measured measured when _connection is null || measured.AgentId != device.Id:
                throw new GrpcException(GrpcCode.PermissionDenied, _connection is null ? "Register first." : NotIts(measured.AgentId));
            case Measured measured:
                // They have no answer of their own: the next one to a heartbeat says it.
                _refused = (await router.HandleAsync(_connection, received with { Message = measured.Points }, ended.Token))?.Text ?? _refused;
                break;
            case Fault fault:
                throw new GrpcException(GrpcCode.InvalidArgument, fault.Text);
        }
    }

    private async Task RegisterAsync(Registered registered)
    {
        if (registered.AgentId != device.Id)
        {
            await AnswerAsync(new RegisterReply(NotIts(registered.AgentId)));
            throw new GrpcException(GrpcCode.PermissionDenied, NotIts(registered.AgentId));
        }

        var problems = new Problems();
        registered.About.Validate(problems);
        if (problems.Any)
        {
            await AnswerAsync(new RegisterReply(string.Join("; ", problems.ToErrors().Errors.Select(field => $"{field.Key} {field.Value[0]}"))));
            return;
        }

        _connection ??= await welcome.OpenAsync(device, dialect, _link, ended.Token);
        var fault = await router.HandleAsync(_connection, new(null, registered.About), ended.Token);
        _connection.Send(new RegisterReply(fault?.Text));
    }

    private async Task BeatAsync(Beaten beaten)
    {
        var fault = _connection is null ? "register first" : beaten.AgentId != device.Id ? NotIts(beaten.AgentId) : null;
        if (_connection is not null && fault is null)
        {
            fault = (await router.HandleAsync(_connection, new(null, new HeartbeatIn()), ended.Token))?.Text;
        }

        await AnswerAsync(new HeartbeatReply(fault, _refused));
        _refused = null;
    }

    /// <summary>Before there is a connection nothing else writes.</summary>
    private async Task AnswerAsync(object reply)
    {
        if (_connection is not null)
        {
            _connection.Send(reply);
        }
        else
        {
            await _link.SendAsync(dialect.Encode(reply)!);
        }
    }

    private async Task CloseAsync()
    {
        if (_connection is not null)
        {
            welcome.End(_connection);
            await _connection.EndAsync();
        }
    }

    private string NotIts(string agentId) => $"{(Ids.IsValid(agentId) ? agentId : "This")} is not the device that this token belongs to, {device.Id}.";
}
