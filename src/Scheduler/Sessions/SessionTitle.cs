using System.Globalization;
using System.Text;
using Agents.Contracts.Scheduler;

namespace Agents.Scheduler.Sessions;

/// <summary>The first line that says something, cut between characters as people see them. Pure.</summary>
internal static class SessionTitle
{
    /// <summary>A character as people see it may be as long as one likes, and what an index holds may not.</summary>
    private const int MostBytes = 2_000;

    public static string Of(string? prompt, string type)
    {
        var line = (prompt ?? "").EnumerateLines();
        foreach (var each in line)
        {
            if (!each.IsWhiteSpace())
            {
                return Cut(each.Trim().ToString());
            }
        }

        return type;
    }

    private static string Cut(string line)
    {
        var starts = StringInfo.ParseCombiningCharacters(line);
        if (starts.Length <= SessionRow.TitleLength && Encoding.UTF8.GetByteCount(line) <= MostBytes)
        {
            return line;
        }

        const string More = "…";
        var end = starts.Take(SessionRow.TitleLength).Last(start => Encoding.UTF8.GetByteCount(line.AsSpan(0, start)) <= MostBytes - Encoding.UTF8.GetByteCount(More));
        // One alone may be longer than that; it isn't cut where two make one of Unicode's.
        const int Within = MostBytes / 3 - 2;
        end = end > 0 ? end : char.IsHighSurrogate(line[Within - 1]) ? Within - 1 : Within;
        return line[..end].TrimEnd() + More;
    }
}
