using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Daemon.Processes;
using Agents.Daemon.Runners.Lines;

namespace Agents.Daemon.Runners.Codex;

/// <summary>codex, by its app-server. One that is too old for it is driven by <see cref="CodexExecRunner"/>.</summary>
internal sealed class CodexRunner(RunnerTask task) : IRunner
{
    private static readonly TimeSpan FirstWord = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan WriteLimit = TimeSpan.FromSeconds(1);

    private readonly CodexTurns _turns = new();
    private RpcTalk? _talk;
    private CodexStream? _stream;
    private RunEnd? _end;
    private bool _isTooOld;
    private volatile string? _thread;
    private volatile string? _steers;
    private volatile bool _hasBegun;

    public Launch Launch() => new(["codex", .. CodexOptions.Of(task), "app-server"], null, FirstWord);

    public async Task<bool> TalkAsync(ProgramPipes program, IVoice voice, IPeople people, CancellationToken cancellationToken)
    {
        _stream = new(voice);
        var approvals = new CodexApprovals(new(task.Setup.Tools), people, _stream);
        _talk = new(program, voice, Noted, approvals.AnswerAsync);
        await _talk.RunAsync(stop => ConverseAsync(_talk.Rpc, voice, people, stop), cancellationToken);
        return true;
    }

    public async ValueTask<bool> AskToStopAsync()
    {
        if (_talk is null || _thread is not { } thread || _turns.Running is not { } turn)
        {
            return false;
        }

        using var limit = new CancellationTokenSource(WriteLimit);
        try
        {
            // What it answers is heard with the turn's end.
            await _talk.Rpc.CallAsync("turn/interrupt", new() { ["threadId"] = thread, ["turnId"] = turn }, limit.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    public bool HasTakenPrompt => _hasBegun;

    public IReadOnlyList<string> Untaken => [.. _turns.Untaken(), .. _steers is { } said ? [said] : Array.Empty<string>()];

    public RunEnd End(int exitCode, string lastWords)
    {
        if (_isTooOld || _talk is { Lines.Any: false } && exitCode is not 0 and <= 128)
        {
            return new(Outcome.Failed, Error: $"codex has no app-server: {lastWords}", Instead: new CodexExecRunner(task));
        }

        var end = _end ?? Troubles.Crash("codex ended before it was done", exitCode, lastWords.Trim().Length > 0 ? lastWords : _talk?.Lines.LastWords ?? "");
        return end with { SessionId = _thread, Usage = _stream?.Usage.Json };
    }

    private void Noted(string method, JsonElement parameters)
    {
        _stream!.Take(method, parameters);
        switch (method)
        {
            case "turn/started" when parameters.TextAt("turn", "id") is { } turn:
                _turns.Begins(turn);
                break;
            case "turn/completed" when parameters.At("turn") is { } turn:
                _turns.Ends(turn);
                break;
            case "item/completed" when parameters.At("item") is { } item && item.TextAt("type") is "userMessage":
                _turns.Taken(string.Concat(item.ListAt("content").Select(piece => piece.TextAt("text"))));
                break;
        }
    }

    private async Task ConverseAsync(Rpc rpc, IVoice voice, IPeople people, CancellationToken cancellationToken)
    {
        var hello = await rpc.CallAsync("initialize", new() { ["clientInfo"] = new JsonObject { ["name"] = "ccc", ["title"] = "ccc", ["version"] = Build.Version } }, cancellationToken);
        if (hello.Result is null)
        {
            _isTooOld = !hello.IsGone;
            return;
        }

        await rpc.NotifyAsync("initialized", null, cancellationToken);
        var (thread, isAfresh) = await ThreadAsync(rpc, cancellationToken);
        if (thread is null)
        {
            return;
        }

        _thread = thread;
        voice.Session(thread);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var steering = SteerAsync(rpc, thread, people, over.Token);
        for (var words = Prompts.Of(isAfresh ? task.Afresh() : task); words is not null; words = _turns.Left())
        {
            _stream!.TurnBegins();
            var begun = await rpc.CallAsync("turn/start", new() { ["threadId"] = thread, ["input"] = Input(words) }, cancellationToken);
            if (begun.Result?.TextAt("turn", "id") is not { } turn)
            {
                _end = begun.IsGone ? null : Troubles.Of(begun.Problem);
                break;
            }

            _hasBegun = true;
            _end = await _turns.EndedAsync(turn, rpc.Over, cancellationToken) is { } ended ? CodexEnd.Of(ended, _stream) : null;
            if (_end is not { Outcome: Outcome.Done })
            {
                break;
            }

            // What came in this moment is not lost: it is the next turn's.
            while (!_turns.HasLeft && !people.TryEnd())
            {
                await _turns.LeftAsync(cancellationToken);
            }
        }

        await over.CancelAsync();
        await steering.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>What people say goes into the turn that runs; between two it is the next one.</summary>
    private async Task SteerAsync(Rpc rpc, string thread, IPeople people, CancellationToken cancellationToken)
    {
        while (await people.NextAsync(cancellationToken) is { } said)
        {
            _steers = said;
            var taken = _turns.Running is { } turn
                && (await rpc.CallAsync("turn/steer", new() { ["threadId"] = thread, ["expectedTurnId"] = turn, ["input"] = Input(said) }, cancellationToken)).Result is not null;
            people.Given();
            if (!taken)
            {
                _turns.Leave(said);
            }
            else
            {
                _turns.Steered(said);
            }

            _steers = null;
        }
    }

    private async Task<(string? Thread, bool IsAfresh)> ThreadAsync(Rpc rpc, CancellationToken cancellationToken)
    {
        if (task.SessionId is { } known)
        {
            var parameters = Where();
            parameters["threadId"] = known;
            parameters["excludeTurns"] = true;
            var taken = await rpc.CallAsync("thread/resume", parameters, cancellationToken);
            if (taken.IsGone || taken.Result?.TextAt("thread", "id") is not null)
            {
                return (taken.Result?.TextAt("thread", "id"), false);
            }
        }

        var made = await rpc.CallAsync("thread/start", Where(), cancellationToken);
        if (made.Result?.TextAt("thread", "id") is { } thread)
        {
            return (thread, task.SessionId is not null);
        }

        // An app-server of another time.
        _isTooOld = made.Error?.NumberAt("code") is Rpc.NoSuchMethod || made.Problem.Contains("unknown variant", StringComparison.Ordinal);
        _end = made.IsGone ? null : Troubles.Of(made.Problem);
        return (null, false);
    }

    private JsonObject Where()
    {
        var where = new JsonObject
        {
            ["cwd"] = Path.GetFullPath(task.Folder),
            // It asks before what its sandbox does not let it do, and before what may change something.
            ["approvalPolicy"] = "untrusted",
            ["sandbox"] = "workspace-write",
        };
        if (task.Setup.Provider?.Model is { } model)
        {
            where["model"] = model;
        }

        if (Prompts.Role(task.Setup) is { } role)
        {
            where["developerInstructions"] = role;
        }

        return where;
    }

    // Not as a collection expression: the method behind that is not to be had where the program is trimmed.
    private static JsonArray Input(string text) => new(new JsonObject { ["type"] = "text", ["text"] = text, ["text_elements"] = new JsonArray() });
}
