using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Daemon.Processes;
using Agents.Daemon.Runners.Lines;

namespace Agents.Daemon.Runners.Acp;

/// <summary>Any program that speaks the Agent Client Protocol on its stdin and stdout. What people say while it works is its next turn.</summary>
/// <param name="name">What it is called in errors.</param>
internal sealed class AcpRunner(RunnerTask task, string name, Launch launch) : IRunner
{
    private const int Version = 1;
    private static readonly TimeSpan WriteLimit = TimeSpan.FromSeconds(1);

    private RpcTalk? _talk;
    private AcpStream? _stream;
    private AcpFormerFolder? _former;
    private RunEnd? _end;
    private volatile string? _session;
    private volatile bool _hasBegun;

    public Launch Launch() => launch;

    public async Task<bool> TalkAsync(ProgramPipes program, IVoice voice, IPeople people, CancellationToken cancellationToken)
    {
        _stream = new(voice);
        var permissions = new AcpPermissions(new(task.Setup.Tools), people, _stream);
        _talk = new(program, voice, Noted, (method, parameters, stop) => method is "session/request_permission" ? permissions.AnswerAsync(parameters, stop) : NoAnswer);
        try
        {
            await _talk.RunAsync(stop => ConverseAsync(_talk.Rpc, voice, people, stop), cancellationToken);
            return true;
        }
        finally
        {
            _former?.Remove();
        }
    }

    public async ValueTask<bool> AskToStopAsync()
    {
        if (_talk is null || _session is not { } session)
        {
            return false;
        }

        using var limit = new CancellationTokenSource(WriteLimit);
        try
        {
            await _talk.Rpc.NotifyAsync("session/cancel", new() { ["sessionId"] = session }, limit.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    public bool HasTakenPrompt => _hasBegun;

    public RunEnd End(int exitCode, string lastWords)
    {
        var end = _end ?? Troubles.Crash($"{name} ended before it was done", exitCode, lastWords.Trim().Length > 0 ? lastWords : _talk?.Lines.LastWords ?? "");
        return end with { SessionId = _session, Usage = _stream?.Usage.Json };
    }

    private static Task<JsonObject?> NoAnswer => Task.FromResult<JsonObject?>(null);

    private void Noted(string method, JsonElement parameters)
    {
        if (method is "session/update" && parameters.At("update") is { } update)
        {
            _stream!.Take(update);
        }
    }

    private async Task ConverseAsync(Rpc rpc, IVoice voice, IPeople people, CancellationToken cancellationToken)
    {
        var hello = await rpc.CallAsync(
            "initialize",
            new()
            {
                ["protocolVersion"] = Version,
                ["clientCapabilities"] = new JsonObject { ["fs"] = new JsonObject { ["readTextFile"] = false, ["writeTextFile"] = false }, ["terminal"] = false },
                ["clientInfo"] = new JsonObject { ["name"] = "ccc", ["version"] = Build.Version },
            },
            cancellationToken);
        if (hello.Result is not { } agent)
        {
            _end = hello.IsGone ? null : Troubles.Of($"{name} does not speak with us: {hello.Problem}");
            return;
        }

        var (session, isAfresh) = await SessionAsync(rpc, agent, cancellationToken);
        if (session is null)
        {
            return;
        }

        _session = session;
        voice.Session(session);
        var first = isAfresh ? task.Afresh() : task;
        for (var words = Prompts.WithRole(first); words is not null; words = people.Next())
        {
            _stream!.TurnBegins();
            _hasBegun = true;
            var turn = await rpc.CallAsync(
                "session/prompt", new() { ["sessionId"] = session, ["prompt"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = words }) }, cancellationToken);
            _end = turn.IsGone ? null : AcpEnd.Of(name, _stream, turn);
            if (_end is not { Outcome: Outcome.Done })
            {
                return;
            }

            if (people.TryEnd())
            {
                return;
            }
        }
    }

    /// <summary>The one to go on with, or a new one where that can't be.</summary>
    private async Task<(string? Session, bool IsAfresh)> SessionAsync(Rpc rpc, JsonElement agent, CancellationToken cancellationToken)
    {
        JsonObject Where() => new() { ["cwd"] = Path.GetFullPath(task.Folder), ["mcpServers"] = AcpServers.Of(task.Mcp) };
        if (task.SessionId is { } known)
        {
            // To resume leaves out what was said; to load tells it all again, which is no work of this task.
            var method = agent.At("agentCapabilities", "sessionCapabilities", "resume") is not null ? "session/resume"
                : agent.IsTrueAt("agentCapabilities", "loadSession") ? "session/load" : null;
            if (method is not null)
            {
                if (agent.At("agentCapabilities", "sessionCapabilities", "list") is not null)
                {
                    _former = AcpFormerFolder.Of(await rpc.CallAsync("session/list", [], cancellationToken), known, task.Folder);
                }

                var parameters = Where();
                parameters["sessionId"] = known;
                _stream!.IsReplaying = true;
                var taken = await rpc.CallAsync(method, parameters, cancellationToken);
                _stream.IsReplaying = false;
                if (taken.Result is not null || taken.IsGone)
                {
                    return (taken.IsGone ? null : known, false);
                }
            }
        }

        var made = await rpc.CallAsync("session/new", Where(), cancellationToken);
        if (made.Result?.TextAt("sessionId") is not { } session)
        {
            _end = made.IsGone ? null : AcpEnd.OfError(name, made);
            return (null, false);
        }

        await ChooseModelAsync(rpc, made.Result.Value, session, cancellationToken);
        return (session, task.SessionId is not null);
    }

    /// <summary>Where the program lets it be chosen; else it is the program's own.</summary>
    private async Task ChooseModelAsync(Rpc rpc, JsonElement made, string session, CancellationToken cancellationToken)
    {
        if (task.Setup.Provider?.Model is { } model
            && made.ListAt("configOptions").FirstOrDefault(option => option.TextAt("category") is "model" || option.TextAt("id") is "model") is { ValueKind: JsonValueKind.Object } option
            && option.ListAt("options").Any(value => value.TextAt("value") == model) && option.TextAt("currentValue") != model)
        {
            await rpc.CallAsync("session/set_config_option", new() { ["sessionId"] = session, ["configId"] = option.TextAt("id"), ["value"] = model }, cancellationToken);
        }
    }
}
