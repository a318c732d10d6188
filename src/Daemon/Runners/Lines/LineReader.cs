using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace Agents.Daemon.Runners.Lines;

/// <summary>A line of a program's output.</summary>
/// <param name="LeftOut">How many characters of its end are missing, because it is too long.</param>
internal readonly record struct ProgramLine(string Text, long LeftOut);

/// <summary>Lines, each held whole up to a limit: a program that never ends its line takes no more memory than that.</summary>
internal static class LineReader
{
    public const int LongestLine = 8 * 1024 * 1024;

    private const int PieceSize = 16 * 1024;

    public static async IAsyncEnumerable<ProgramLine> ReadAsync(
        TextReader output, int longest = LongestLine, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var line = new StringBuilder();
        long leftOut = 0;
        var piece = ArrayPool<char>.Shared.Rent(PieceSize);
        try
        {
            for (int length; (length = await output.ReadAsync(piece, cancellationToken)) > 0;)
            {
                for (var from = 0; from < length;)
                {
                    var end = Array.IndexOf(piece, '\n', from, length - from);
                    var part = (end < 0 ? length : end) - from;
                    var room = Math.Min(part, longest - line.Length);
                    line.Append(piece, from, room);
                    leftOut += part - room;
                    from += part + 1;
                    if (end >= 0)
                    {
                        yield return new(line.ToString(), leftOut);
                        // What held a long one is not kept for the short ones after it.
                        line = line.Capacity > PieceSize ? new() : line.Clear();
                        leftOut = 0;
                    }
                }
            }
        }
        finally
        {
            ArrayPool<char>.Shared.Return(piece);
        }

        if (line.Length > 0)
        {
            yield return new(line.ToString(), leftOut);
        }
    }
}
