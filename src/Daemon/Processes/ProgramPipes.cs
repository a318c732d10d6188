namespace Agents.Daemon.Processes;

/// <summary>What a runner has of its program: its stdin and its stdout.</summary>
internal sealed class ProgramPipes(Stream input, TextReader output, Action closeInput)
{
    public Stream Input => input;

    public TextReader Output => output;

    /// <summary>No more is said to it.</summary>
    public void CloseInput() => closeInput();
}
