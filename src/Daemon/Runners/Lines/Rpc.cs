using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Agents.Daemon.Runners.Lines;

/// <summary>What came of a call: one of them, or neither where the program has ended.</summary>
internal sealed record RpcAnswer(JsonElement? Result, JsonElement? Error)
{
    public bool IsGone => Result is null && Error is null;

    public string Problem => Error?.TextAt("message") ?? "it did not answer";
}

/// <summary>JSON-RPC 2.0 over lines, our end of it.</summary>
internal sealed class Rpc(LineWriter writer)
{
    public const int NoSuchMethod = -32601;

    private static readonly RpcAnswer Gone = new(null, null);

    private readonly ConcurrentDictionary<long, TaskCompletionSource<RpcAnswer>> _calls = new();
    private long _last;
    private volatile bool _isOver;

    public async Task<RpcAnswer> CallAsync(string method, JsonObject parameters, CancellationToken cancellationToken)
    {
        var id = Interlocked.Increment(ref _last);
        var call = _calls[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var line = Line();
        line["id"] = id;
        line["method"] = method;
        line["params"] = parameters;
        if (!await writer.WriteAsync(line, cancellationToken) || _isOver)
        {
            call.TrySetResult(Gone);
        }

        return await call.Task.WaitAsync(cancellationToken);
    }

    public Task NotifyAsync(string method, JsonObject? parameters, CancellationToken cancellationToken)
    {
        var line = Line();
        line["method"] = method;
        if (parameters is not null)
        {
            line["params"] = parameters;
        }

        return writer.WriteAsync(line, cancellationToken);
    }

    /// <param name="result">Null: there is no such method here.</param>
    public Task ReplyAsync(JsonElement id, JsonObject? result, CancellationToken cancellationToken)
    {
        var line = Line();
        line["id"] = JsonNode.Parse(id.GetRawText());
        if (result is null)
        {
            line["error"] = new JsonObject { ["code"] = NoSuchMethod, ["message"] = "not supported by this client" };
        }
        else
        {
            line["result"] = result;
        }

        return writer.WriteAsync(line, cancellationToken);
    }

    /// <summary>True where it is an answer to one of our calls.</summary>
    public bool Take(JsonElement line)
    {
        if (line.At("method") is not null || line.NumberAt("id") is not { } id)
        {
            return false;
        }

        if (_calls.TryRemove(id, out var call))
        {
            // A result may be null, which is an answer as well.
            call.TrySetResult(line.At("error") is { } error ? new(null, error) : new(line.At("result") ?? JsonElement.Parse("{}"), null));
        }

        return true;
    }

    /// <summary>No answer comes any more.</summary>
    public void End()
    {
        _isOver = true;
        foreach (var call in _calls.Values)
        {
            call.TrySetResult(Gone);
        }
    }

    private static JsonObject Line() => new() { ["jsonrpc"] = "2.0" };
}
