using System.Globalization;
using System.Text.RegularExpressions;

namespace Agents.Registry.Bulk;

/// <summary>Names by a pattern, none of them taken. Pure.</summary>
internal static class AgentNames
{
    private const string Number = "{n}";
    private const string Device = "{device}";
    private const string Post = "{post}";
    private const int MaxLength = 128;

    /// <param name="devices">The device of each agent, in order.</param>
    /// <param name="taken">Those of the post's agents.</param>
    /// <returns>The names in the order of the devices, or why the pattern makes none.</returns>
    public static (IReadOnlyList<string> Names, string? Problem) Make(string pattern, string post, IReadOnlyList<string> devices, IEnumerable<string> taken)
    {
        var used = taken.ToHashSet();
        var n = HighestOf(pattern, post, used);
        List<string> names = [];
        foreach (var device in devices)
        {
            string name;
            do
            {
                n++;
                name = pattern
                    .Replace(Number, n.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                    .Replace(Device, device, StringComparison.Ordinal)
                    .Replace(Post, post, StringComparison.Ordinal);
                if (name.Length > MaxLength)
                {
                    return ([], $"makes names of more than {MaxLength} characters, as {name[..32]}...");
                }
            }
            while (used.Contains(name) && pattern.Contains(Number, StringComparison.Ordinal));

            if (!used.Add(name))
            {
                return ([], $"must have {{n}} in it: without it {name} would come a second time");
            }

            names.Add(name);
        }

        return (names, null);
    }

    /// <summary>Of the numbers that the pattern has given before; 0 where it gave none.</summary>
    private static long HighestOf(string pattern, string post, HashSet<string> taken)
    {
        if (!pattern.Contains(Number, StringComparison.Ordinal))
        {
            return 0;
        }

        var like = Regex.Escape(pattern)
            .Replace(Regex.Escape(Number), @"(?<n>[0-9]{1,15})", StringComparison.Ordinal)
            .Replace(Regex.Escape(Device), ".+", StringComparison.Ordinal)
            .Replace(Regex.Escape(Post), Regex.Escape(post), StringComparison.Ordinal);
        // A pattern may be as odd as its writer likes: this way of matching takes no longer for it.
        var names = new Regex($"^{like}$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        return taken.Select(name => names.Match(name))
            .Where(match => match.Success)
            .Select(match => long.Parse(match.Groups["n"].Value, CultureInfo.InvariantCulture))
            .DefaultIfEmpty(0)
            .Max();
    }
}
