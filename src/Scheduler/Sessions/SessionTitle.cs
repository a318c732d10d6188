using System.Globalization;
using Agents.Contracts.Scheduler;

namespace Agents.Scheduler.Sessions;

/// <summary>The first line that says something, cut between characters as people see them. Pure.</summary>
internal static class SessionTitle
{
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
        return starts.Length <= SessionRow.TitleLength ? line : $"{line[..starts[SessionRow.TitleLength - 1]].TrimEnd()}…";
    }
}
