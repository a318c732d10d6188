using Agents.Contracts.Scheduler;
using Agents.Scheduler.Dispatch;
using Agents.ServiceDefaults.Loops;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Agents.Scheduler.Attempts;

/// <summary>The leader's look at what takes too long: an accept, a word of a holder, the work, a move, a stop, the wait, a program's end.</summary>
internal sealed class Reaper(
    NpgsqlDataSource postgres, Leadership leadership, Aftermath aftermath, Delivery delivery, IOptions<WorkOptions> options, TimeProvider time, ILogger<Reaper> log)
    : Periodic(TimeSpan.FromMilliseconds(500), time, log)
{
    private readonly WorkOptions _options = options.Value;
    private LeaseGrace _grace;

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!leadership.Leads)
        {
            _grace = default;
            return;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(10));
        try
        {
            await using var connection = await postgres.OpenConnectionAsync(limit.Token);
            await UnacceptedAsync(connection, limit.Token);
            await LostAsync(connection, limit.Token);
            await TooLongAsync(connection, limit.Token);
            await MovingAsync(connection, limit.Token);
            await StoppingAsync(connection, limit.Token);
            await TooLateAsync(connection, limit.Token);
            await EndedAsync(connection, limit.Token);
        }
        catch
        {
            // Whoever could not look has not watched.
            _grace = default;
            throw;
        }
    }

    /// <summary>It is no try. Its holder may have begun all the same, and is told to stop: so its accept is late, and only its result counts.</summary>
    private async Task UnacceptedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var found = await connection.UnacceptedAsync(_options.AcceptLimit, cancellationToken);
        if (found.Count > 0)
        {
            var returned = await connection.RequeueAsync(
                [.. found.Select(f => new Return(f.Task, f.Attempt, TaskErrorKind.Refused, "Nobody accepted it in time.", Unstarted: true, Lingers: true, GivenUp: true))],
                _options.Lease, cancellationToken);
            aftermath.WaitAgain(returned);
            Cancel(returned.Select(r => r.Attempt));
        }
    }

    private async Task LostAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var now = Time.GetTimestamp();
        _grace = _grace.Look(now, await connection.IsRealtimeHeardAsync(cancellationToken), Time);
        if (!_grace.IsOver(now, _options.Lease, Time))
        {
            return;
        }

        var lost = await connection.LostAsync(_options.Lease, cancellationToken);
        if (lost.Count > 0)
        {
            var (ended, returned) = await connection.LoseAsync(
                lost, TaskErrorKind.DeviceLost, "Nothing was heard of its device for as long as its lease.", lingers: false, _options.Lease, cancellationToken);
            aftermath.HaveEnded(ended);
            aftermath.WaitAgain(returned);
        }
    }

    private async Task TooLongAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var found = await connection.TooLongAsync(cancellationToken);
        if (found.Count > 0)
        {
            var (ended, returned) = await connection.LoseAsync(
                found, TaskErrorKind.Timeout, "It took longer than its timeout.", lingers: true, _options.Lease, cancellationToken);
            aftermath.HaveEnded(ended, lingers: true);
            aftermath.WaitAgain(returned);
            Cancel(ended.Select(e => e.Attempt).Concat(returned.Select(r => r.Attempt)));
        }
    }

    /// <summary>No turn's end came in time: it goes on elsewhere from where it was begun, with nothing of what was done there.</summary>
    private async Task MovingAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var found = await connection.MovingAsync(_options.PackLimit, cancellationToken);
        if (found.Count > 0)
        {
            var returned = await connection.RequeueAsync(
                [.. found.Select(f => new Return(f.Task, f.Attempt, TaskErrorKind.Canceled, Losses.WithNothing("Its end was not told in time."), Lingers: true, GivenUp: true))],
                _options.Lease, cancellationToken);
            aftermath.WaitAgain(returned);
            Cancel(returned.Select(r => r.Attempt));
        }
    }

    /// <summary>Its budget is spent, and its holder did not say in time that it has ended.</summary>
    private async Task StoppingAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var ended = await connection.EndAsync(await connection.StoppingAsync(cancellationToken), _options.Lease, cancellationToken);
        aftermath.HaveEnded(ended, lingers: true);
        Cancel(ended.Select(e => e.Attempt));
    }

    private async Task TooLateAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var found = await connection.TooLateAsync(cancellationToken);
        if (found.Count > 0)
        {
            aftermath.HaveEnded(await connection.EndAsync(
                [.. found.Select(task => new Ending(task, null, null, TaskStatus.Failed, ErrorKind: TaskErrorKind.Timeout, Error: "Its deadline passed before it began.", Lingers: true))],
                _options.Lease, cancellationToken), lingers: true);
        }
    }

    private async Task EndedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (await connection.ForgetEndingAsync(cancellationToken) is { Count: > 0 } freed)
        {
            aftermath.AreFree(freed);
        }
    }

    private void Cancel(IEnumerable<Attempt> attempts)
    {
        foreach (var attempt in attempts.Where(a => a.Holder.Length > 0))
        {
            delivery.Cancel(attempt.Holder, attempt.Task, attempt.Number, CancelTaskRequest.DefaultGrace);
        }
    }
}
