using System.Buffers;
using System.Text.Json.Nodes;
using Agents.Contracts.Posts;
using Agents.Daemon.Processes;
using Agents.Daemon.Runners.Lines;

namespace Agents.Daemon.Runners.OpenClaw;

/// <summary>
/// openclaw, a turn at a time: the prompt on its stdin, one JSON object when it is done. It can't be asked or told anything
/// meanwhile; what people say is its next turn, in the same conversation.
/// </summary>
/// <param name="said">What it is told in place of the task's prompt.</param>
internal sealed class OpenClawRunner(RunnerTask task, string? session = null, string? said = null, UsageCount? before = null) : IRunner
{
    private const string Workspace = "OPENCLAW_WORKSPACE_DIR";

    private readonly string _session = session ?? task.SessionId ?? Guid.NewGuid().ToString();
    private readonly KeptOutput _output = new();
    private string? _next;

    public Launch Launch()
    {
        // It takes a file and no -, so its stdin is named as one.
        List<string> command = ["openclaw", "agent", "--local", "--json", "--session-id", _session, "--message-file", "/dev/stdin"];
        if (task.Setup.Provider?.FullModel(PostRunner.OpenClaw) is { } model)
        {
            command.AddRange(["--model", model]);
        }

        // By itself it works in a workspace of its own, where it also keeps who it is.
        return task.Setup.Working is { Folder: null, Repo: null } or null ? new(command) : new(command, new Dictionary<string, string> { [Workspace] = task.Folder });
    }

    public async Task<bool> TalkAsync(ProgramPipes program, IVoice voice, IPeople people, CancellationToken cancellationToken)
    {
        voice.Session(_session);
        var telling = program.TellAsync(said ?? Prompts.WithRole(task), cancellationToken);
        var piece = ArrayPool<char>.Shared.Rent(4096);
        try
        {
            for (int length; (length = await program.Output.ReadAsync(piece, cancellationToken)) > 0;)
            {
                voice.Heard();
                _output.Add(new(piece, 0, length));
            }
        }
        finally
        {
            ArrayPool<char>.Shared.Return(piece);
        }

        await telling;
        if (OpenClawAnswer.Of(_output.ToString()) is { } answer)
        {
            if (answer.Text is { Length: > 0 } text)
            {
                voice.Text("text", text + "\n");
                voice.EndOfText("text");
            }

            if (((before ?? UsageCount.None) + answer.Usage).Json is { } usage)
            {
                voice.Say("usage", usage);
            }
        }

        _next = people.NextTurn();
        return true;
    }

    public ValueTask<bool> AskToStopAsync() => new(false);

    public RunEnd End(int exitCode, string lastWords)
    {
        if (OpenClawAnswer.Of(_output.ToString()) is not { } answer)
        {
            // Its words are for a person, and say best what is wrong.
            var crash = Troubles.Crash("openclaw ended without an answer", exitCode, lastWords);
            return (exitCode > 128 ? crash : Troubles.Of(crash.Error!) is { Outcome: not Outcome.Failed } known ? known : crash) with { SessionId = _session };
        }

        var used = (before ?? UsageCount.None) + answer.Usage;
        var end = answer.Error is { } error ? Troubles.Of(Shortened.Of(error, 2_000))
            : exitCode != 0 ? Troubles.Crash("openclaw failed", exitCode, lastWords)
            : string.IsNullOrWhiteSpace(answer.Text) && !answer.UsedTools ? new(Outcome.EmptyResult, Error: "openclaw ended well, said nothing and used no tool.")
            : new RunEnd(Outcome.Done, new JsonObject { ["text"] = answer.Text }.Element());
        return end with
        {
            SessionId = _session,
            Usage = used.Json,
            Instead = end is { Outcome: Outcome.Done } && _next is { } next ? new OpenClawRunner(task, _session, next, used) : null,
        };
    }
}
