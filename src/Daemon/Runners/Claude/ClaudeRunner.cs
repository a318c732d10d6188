using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Daemon.Processes;
using Agents.Daemon.Runners.Lines;

namespace Agents.Daemon.Runners.Claude;

/// <summary>Claude Code, by its stream of JSON both ways: its questions are answered, and what people say while it works is one more line on its stdin.</summary>
internal sealed class ClaudeRunner(RunnerTask task) : IRunner
{
    private static readonly TimeSpan WriteLimit = TimeSpan.FromSeconds(1);

    // What we told it and it has not taken up yet, by the ids that we gave, which rise.
    private readonly ConcurrentDictionary<string, string> _told = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _rests;
    private volatile string? _prompt;
    private ClaudeStream? _stream;
    private LineWriter? _writer;
    private JsonLines? _lines;

    public Launch Launch() => ClaudeLaunch.Of(task);

    public async Task<bool> TalkAsync(ProgramPipes program, IVoice voice, IPeople people, CancellationToken cancellationToken)
    {
        ClaudeSessions.Bring(task);
        _stream = new(voice);
        _writer = new(program.Input);
        _lines = new(program.Output, voice);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var begun = BeginAsync(over.Token);
        var passing = PassOnAsync(begun, people, over.Token);
        var reading = ReadAsync(new(new(task.Setup.Tools), people), people, over.Token);
        await Task.WhenAny(reading, _over.Task);
        await over.CancelAsync();
        await Task.WhenAll(begun, passing, reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        program.CloseInput();
        foreach (var fault in new[] { begun, passing, reading }.Where(each => each.IsFaulted))
        {
            await fault;
        }

        return true;
    }

    public async ValueTask<bool> AskToStopAsync()
    {
        if (_writer is not { } writer || _stream is { Result: not null })
        {
            return false;
        }

        using var limit = new CancellationTokenSource(WriteLimit);
        try
        {
            return await writer.WriteAsync(Control("stop", new() { ["subtype"] = "interrupt" }), limit.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    public bool HasTakenPrompt => _prompt is { } prompt && !_told.ContainsKey(prompt);

    public IReadOnlyList<string> Untaken => [.. _told.Where(told => told.Key != _prompt).OrderBy(told => told.Key, StringComparer.Ordinal).Select(told => told.Value)];

    public RunEnd End(int exitCode, string lastWords)
    {
        var words = lastWords.Trim().Length > 0 ? lastWords : _lines?.LastWords ?? "";
        if (_stream is not { } stream || (task.SessionId is not null && !stream.HasBegun))
        {
            // It did not take the conversation up.
            return new(Outcome.Failed, Error: $"Claude did not begin: {words}", Instead: task.SessionId is null ? null : new ClaudeRunner(task.Afresh()));
        }

        return stream.Result is { } result
            ? ClaudeEnd.Of(stream, result)
            : Troubles.Crash("Claude ended before it was done", exitCode, words) with { SessionId = stream.SessionId, Usage = stream.Usage.Json };
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (Prompts.Role(task.Setup) is { } role)
        {
            await _writer!.WriteAsync(Control("begin", new() { ["subtype"] = "initialize", ["appendSystemPrompt"] = role }), cancellationToken);
        }

        _prompt = Guid.CreateVersion7().ToString();
        await TellAsync(_prompt, Prompts.Of(task), cancellationToken);
    }

    private async Task PassOnAsync(Task begun, IPeople people, CancellationToken cancellationToken)
    {
        await begun;
        while (await people.NextAsync(cancellationToken) is { } said)
        {
            await TellAsync(Guid.CreateVersion7().ToString(), said, cancellationToken);
            people.Given();
            EndIfAllIsSaid(people);
        }
    }

    private Task TellAsync(string id, string text, CancellationToken cancellationToken)
    {
        _told[id] = text;
        return _writer!.WriteAsync(
            new()
            {
                ["type"] = "user",
                ["uuid"] = id,
                ["session_id"] = "",
                ["parent_tool_use_id"] = null,
                ["message"] = new JsonObject { ["role"] = "user", ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = text }) },
            },
            cancellationToken);
    }

    private async Task ReadAsync(ClaudeQuestions questions, IPeople people, CancellationToken cancellationToken)
    {
        var answering = new Dictionary<string, (Task Task, CancellationTokenSource Taken)>(StringComparer.Ordinal);
        try
        {
            await foreach (var line in _lines!.ReadAsync(cancellationToken))
            {
                var id = line.TextAt("request_id");
                switch (line.TextAt("type"))
                {
                    case "control_request" when id is not null && line.At("request") is { } request:
                        var taken = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                        await ForgetAsync(answering);
                        answering[id] = (AnswerAsync(questions, id, request, taken.Token), taken);
                        break;
                    case "control_cancel_request" when id is not null && answering.TryGetValue(id, out var asked):
                        await asked.Taken.CancelAsync();
                        break;
                    case "user" when line.IsTrueAt("isReplay") && line.TextAt("uuid") is { } uuid:
                        _told.TryRemove(uuid, out _);
                        _rests = false;
                        break;
                    case "result" when line.IsTrueAt("is_error"):
                        // It has failed and ends, whatever it was told besides.
                        _stream!.Take(line);
                        return;
                    case "result":
                        _stream!.Take(line);
                        _rests = true;
                        EndIfAllIsSaid(people);
                        break;
                    default:
                        _stream!.Take(line);
                        break;
                }
            }
        }
        finally
        {
            foreach (var (_, taken) in answering.Values)
            {
                await taken.CancelAsync();
            }

            await Task.WhenAll(answering.Values.Select(each => each.Task)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await ForgetAsync(answering);
        }
    }

    /// <summary>What it was told and has not taken up yet it takes up next.</summary>
    private void EndIfAllIsSaid(IPeople people)
    {
        if (_rests && _told.IsEmpty && people.TryEnd())
        {
            _over.TrySetResult();
        }
    }

    private static async Task ForgetAsync(Dictionary<string, (Task Task, CancellationTokenSource Taken)> answering)
    {
        foreach (var (id, (task, taken)) in answering.Where(each => each.Value.Task.IsCompleted).ToList())
        {
            await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            taken.Dispose();
            answering.Remove(id);
        }
    }

    private async Task AnswerAsync(ClaudeQuestions questions, string id, JsonElement request, CancellationToken cancellationToken)
    {
        var answer = request.TextAt("subtype") is "can_use_tool"
            ? new JsonObject { ["subtype"] = "success", ["request_id"] = id, ["response"] = await questions.AnswerAsync(request, cancellationToken) }
            : new JsonObject { ["subtype"] = "error", ["request_id"] = id, ["error"] = "not supported by this client" };
        await _writer!.WriteAsync(new() { ["type"] = "control_response", ["response"] = answer }, cancellationToken);
    }

    private static JsonObject Control(string id, JsonObject request) => new() { ["type"] = "control_request", ["request_id"] = id, ["request"] = request };
}
