using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Daemon.Processes;

namespace Agents.Daemon.Runners.Lines;

/// <summary>A whole talk by JSON-RPC: what we ask goes its way while what the program says and asks is heard.</summary>
/// <param name="noted">A notification: its method and its parameters.</param>
/// <param name="asked">A request. Null is answered as unknown.</param>
internal sealed class RpcTalk(
    ProgramPipes pipes, IVoice voice, Action<string, JsonElement> noted, Func<string, JsonElement, CancellationToken, Task<JsonObject?>> asked) : IDisposable
{
    /// <summary>Of the program's requests at once; where there are more the next one is not read before one of them is answered.</summary>
    private const int MostRequests = 16;

    private readonly LineWriter _writer = new(pipes.Input);
    private readonly JsonLines _lines = new(pipes.Output, voice);
    private Rpc? _rpc;

    public Rpc Rpc => _rpc ??= new(_writer);

    public JsonLines Lines => _lines;

    /// <summary>Until <paramref name="converse"/> has nothing more to say, or the program's output ended.</summary>
    public async Task RunAsync(Func<CancellationToken, Task> converse, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = ReadAsync(over.Token);
        var talking = converse(over.Token);
        await Task.WhenAny(reading, talking);
        Rpc.End();
        await over.CancelAsync();
        await Task.WhenAll(reading, talking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        pipes.CloseInput();
        foreach (var fault in new[] { reading, talking }.Where(each => each.IsFaulted))
        {
            await fault;
        }
    }

    public void Dispose() => _writer.Dispose();

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var answering = new List<Task>();
        await foreach (var line in _lines.ReadAsync(cancellationToken))
        {
            if (Rpc.Take(line) || line.TextAt("method") is not { } method)
            {
                continue;
            }

            var parameters = line.At("params") ?? default;
            if (line.At("id") is not { } id)
            {
                noted(method, parameters);
                continue;
            }

            answering.RemoveAll(each => each.IsCompleted);
            if (answering.Count >= MostRequests)
            {
                await Task.WhenAny(answering);
            }

            answering.Add(AnswerAsync(id, method, parameters, cancellationToken));
        }

        await Task.WhenAll(answering).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task AnswerAsync(JsonElement id, string method, JsonElement parameters, CancellationToken cancellationToken) =>
        await Rpc.ReplyAsync(id, await asked(method, parameters, cancellationToken), cancellationToken);
}
