using System.Buffers;
using System.Text.Json;
using Agents.Contracts.Scheduler;
using Agents.Daemon.Processes;
using Agents.Daemon.Work;

namespace Agents.Daemon.Runners;

/// <summary>Any program: what is to be done on its stdin, what it says on stdout is its result, and 0 is done.</summary>
internal sealed class CommandRunner(RunnerTask task) : IRunner
{
    private const int PieceSize = 16 * 1024;
    private const int MostLastWords = 2_000;

    /// <summary>What a shell and .NET make of a signal that ended a program.</summary>
    private const int FirstSignal = 128;

    private readonly KeptOutput _output = new();

    public Launch Launch() => task.Setup.Command is { Count: > 0 } command
        ? new(command)
        : throw new WorkFault(TaskErrorKind.Failed, $"The post of {task.Order.AgentId} has the runner command and no command.");

    public async Task<bool> TalkAsync(ProgramPipes program, IVoice voice, IPeople people, CancellationToken cancellationToken)
    {
        // At the same time: a program that writes before it has read all would wait for ever.
        var telling = program.TellAsync(Prompts.Of(task.Prompt, task.Input), cancellationToken);
        var piece = ArrayPool<char>.Shared.Rent(PieceSize);
        try
        {
            for (int length; (length = await program.Output.ReadAsync(piece, cancellationToken)) > 0;)
            {
                _output.Add(voice.Text("text", piece.AsSpan(0, length)));
            }

            _output.Add(voice.EndOfText("text"));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(piece);
        }

        await telling;
        return false;
    }

    public ValueTask<bool> AskToStopAsync() => new(false);

    public RunEnd End(int exitCode, string lastWords) => exitCode switch
    {
        0 => new(Outcome.Done, JsonSerializer.SerializeToElement(new(_output.ToString(), exitCode), DaemonJson.Wire.CommandResult)),
        > FirstSignal => new(Outcome.Crashed, Error: $"The program was ended by signal {exitCode - FirstSignal}{Because(lastWords)}"),
        _ => new(Outcome.Failed, Error: $"The program ended with {exitCode}{Because(lastWords)}"),
    };

    private static string Because(string lastWords)
    {
        var words = lastWords.Trim();
        return words.Length == 0 ? ", and said nothing on stderr." : $": {(words.Length > MostLastWords ? "… " + words[^MostLastWords..] : words)}";
    }
}

/// <param name="Text">All that it said.</param>
internal sealed record CommandResult(string Text, int ExitCode);
