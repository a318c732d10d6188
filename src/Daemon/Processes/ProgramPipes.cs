using System.Text;

namespace Agents.Daemon.Processes;

/// <summary>What a runner has of its program: its stdin and its stdout.</summary>
internal sealed class ProgramPipes(Stream input, TextReader output, Action closeInput)
{
    public Stream Input => input;

    public TextReader Output => output;

    /// <summary>No more is said to it.</summary>
    public void CloseInput() => closeInput();

    /// <summary>All that it is told, at once. Not every program reads it, or is left the time to: what it makes of it comes with its end.</summary>
    public async Task TellAsync(string words, CancellationToken cancellationToken)
    {
        try
        {
            await input.WriteAsync(Encoding.UTF8.GetBytes(words), cancellationToken);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // It hears nothing any more.
        }

        closeInput();
    }
}
