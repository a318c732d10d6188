using System.Globalization;
using Agents.Contracts.Scheduler;

namespace Agents.Scheduler.Sessions;

/// <summary>The first line that says something, cut between characters as people see them. Pure.</summary>
internal static class SessionTitle
{
    /// <summary>A character as people see it may be as long as one likes, and what an index holds may not.</summary>
    private const int MostChars = 400;

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
        if (starts.Length <= SessionRow.TitleLength && line.Length <= MostChars)
        {
            return line;
        }

        var end = starts.Take(SessionRow.TitleLength).Last(start => start < MostChars);
        // One alone may be longer than that; it isn't cut where two make one of Unicode's.
        end = end > 0 ? end : char.IsHighSurrogate(line[MostChars - 2]) ? MostChars - 2 : MostChars - 1;
        return $"{line[..end].TrimEnd()}…";
    }
}
