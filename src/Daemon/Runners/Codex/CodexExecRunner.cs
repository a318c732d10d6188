using System.Text.Json;
using Agents.Daemon.Processes;
using Agents.Daemon.Runners.Lines;

namespace Agents.Daemon.Runners.Codex;

/// <summary>
/// A codex that is too old for an app-server: one turn, its events as lines. It can't be asked or told anything meanwhile; what
/// people say is its next turn, in the same conversation.
/// </summary>
/// <param name="said">What it is told in place of the task's prompt.</param>
internal sealed class CodexExecRunner(RunnerTask task, string? thread = null, string? said = null) : IRunner
{
    private string? _thread = thread ?? task.SessionId;
    private string? _text;
    private string? _next;
    private string? _problem;
    private bool _hasBegun;
    private bool _usedTools;
    private bool _isDone;
    private UsageCount _usage = UsageCount.None;
    private JsonLines? _lines;

    public Launch Launch()
    {
        List<string> command = ["codex", .. CodexOptions.Of(task), "exec", "--json", "--skip-git-repo-check", "--sandbox", "workspace-write"];
        if (task.Setup.Provider?.Model is { } model)
        {
            command.AddRange(["--model", model]);
        }

        if (_thread is { } known)
        {
            command.AddRange(["resume", known]);
        }

        command.Add("-");
        return new(command);
    }

    public async Task<bool> TalkAsync(ProgramPipes program, IVoice voice, IPeople people, CancellationToken cancellationToken)
    {
        _lines = new(program.Output, voice);
        var telling = program.TellAsync(said ?? Prompts.WithRole(task), cancellationToken);
        await foreach (var line in _lines.ReadAsync(cancellationToken))
        {
            Take(line, voice);
        }

        await telling;
        _next = people.NextTurn();
        return true;
    }

    public ValueTask<bool> AskToStopAsync() => new(false);

    public RunEnd End(int exitCode, string lastWords)
    {
        if (!_hasBegun && _thread is not null && said is null)
        {
            return new(Outcome.Failed, Error: $"codex did not take the conversation up: {lastWords}", Instead: new CodexExecRunner(task.Afresh()));
        }

        var end = _isDone ? CodexEnd.Done(_text, _usedTools)
            : _problem is { } problem ? Troubles.Of(Shortened.Of(problem, 2_000))
            : Troubles.Crash("codex ended before it was done", exitCode, lastWords.Trim().Length > 0 ? lastWords : _lines?.LastWords ?? "");
        return end with
        {
            SessionId = _thread,
            Usage = _usage.Json,
            Instead = end is { Outcome: Outcome.Done } && _next is { } next ? new CodexExecRunner(task, _thread, next) : null,
        };
    }

    private void Take(JsonElement line, IVoice voice)
    {
        string? speaks = null;
        switch (line.TextAt("type"))
        {
            case "thread.started" when line.TextAt("thread_id") is { } started:
                _hasBegun = true;
                _thread = started;
                voice.Session(started);
                break;
            case "item.started" when line.At("item") is { } item:
                CodexItems.Started(item, voice, ref speaks);
                break;
            case "item.completed" when line.At("item") is { } item:
                Completed(item, voice);
                break;
            case "turn.completed":
                _isDone = true;
                // Of the whole conversation so far, the turns before this one among it.
                _usage = new(
                    line.NumberAt("usage", "input_tokens") ?? 0, line.NumberAt("usage", "output_tokens") ?? 0, line.NumberAt("usage", "cached_input_tokens") ?? 0, null);
                if (_usage.Json is { } usage)
                {
                    voice.Say("usage", usage);
                }

                break;
            case "turn.failed":
                _problem = line.TextAt("error", "message") ?? "codex failed and did not say why.";
                break;
            case "error":
                _problem ??= line.TextAt("message");
                break;
        }
    }

    private void Completed(JsonElement item, IVoice voice)
    {
        if (CodexItems.Speech(item.TextAt("type")) is not { } kind)
        {
            _usedTools |= CodexItems.Completed(item, voice);
            return;
        }

        var words = CodexItems.WordsOf(item);
        if (kind is "text")
        {
            _text = words;
        }

        voice.Text(kind, words + "\n");
        voice.EndOfText(kind);
    }
}
