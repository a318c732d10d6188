using Agents.Contracts.Realtime.Groups;

namespace Agents.Realtime.Groups.Log;

/// <param name="Everybody">@all.</param>
/// <param name="Of">Those that were meant, each once.</param>
/// <param name="Offered">Names that mean several: nobody is told.</param>
internal sealed record FoundMentions(bool Everybody, IReadOnlyList<MemberRef> Of, IReadOnlyList<OfferedName> Offered)
{
    public static FoundMentions None { get; } = new(false, [], []);
}

/// <summary>
/// Who is meant by <c>@name</c>, <c>@id</c>, <c>@agent:id</c>, <c>@user:id</c>, <c>@post:name</c> and <c>@all</c>. Names may have
/// blanks, and Chinese goes on without one, so it is the longest name of a member that stands there. Code is not looked at. Pure.
/// </summary>
internal static class Mentions
{
    public const string Post = "post:";

    private const string All = "all";
    private const int MostPlaces = 100;
    private const int LongestName = 160;

    public static bool MayBeIn(string content) => content.Contains('@');

    /// <param name="staff">By what stood after <see cref="Post"/>: the keys of those that have it.</param>
    public static FoundMentions Find(
        string content, string author, IReadOnlyList<(string Key, string Name)> members, IReadOnlyDictionary<string, IReadOnlySet<string>>? staff = null)
    {
        if (!MayBeIn(content))
        {
            return FoundMentions.None;
        }

        var everybody = false;
        Dictionary<string, MemberRef> meant = [];
        List<OfferedName> offered = [];
        foreach (var rest in Places(content))
        {
            if (Starts(rest, All))
            {
                everybody = true;
            }
            else if (rest.StartsWith(Post, StringComparison.OrdinalIgnoreCase))
            {
                var having = staff?.Where(post => Starts(rest, Post + post.Key)).MaxBy(post => post.Key.Length).Value;
                foreach (var member in members.Where(member => having?.Contains(member.Key) is true))
                {
                    Mean(member);
                }
            }
            else
            {
                var (length, found) = Longest(rest, members);
                if (found is [var only])
                {
                    Mean(only);
                }
                else if (found.Count > 1)
                {
                    offered.Add(new($"@{rest[..length]}", [.. found.Select(member => MemberKey.ToRef(member.Key, member.Name))]));
                }
            }
        }

        return new(everybody, [.. meant.Values], offered);

        void Mean((string Key, string Name) member)
        {
            if (member.Key != author)
            {
                meant.TryAdd(member.Key, MemberKey.ToRef(member.Key, member.Name));
            }
        }
    }

    /// <summary>What stands after <c>@post:</c>, each once: it may go on beyond the name.</summary>
    public static IReadOnlyList<string> PostsIn(string content) => !MayBeIn(content) ? [] :
    [
        .. Places(content)
            .Where(rest => rest.StartsWith(Post, StringComparison.OrdinalIgnoreCase))
            .Select(rest => rest[Post.Length..])
            .Distinct(),
    ];

    private static (int Length, List<(string Key, string Name)> Found) Longest(string rest, IReadOnlyList<(string Key, string Name)> members)
    {
        var longest = 0;
        List<(string Key, string Name)> found = [];
        foreach (var member in members)
        {
            var (_, id) = MemberKey.Split(member.Key);
            var length = Math.Max(Starts(rest, member.Key) ? member.Key.Length : 0, Math.Max(Starts(rest, id) ? id.Length : 0, Starts(rest, member.Name) ? member.Name.Length : 0));
            if (length > longest)
            {
                longest = length;
                found.Clear();
            }

            if (length == longest && length > 0)
            {
                found.Add(member);
            }
        }

        return (longest, found);
    }

    /// <summary>"@sam" is not in "@samuel", but in "@sam," and, where the letters have no blanks between words, in any.</summary>
    private static bool Starts(string rest, string name) =>
        name.Length > 0 && rest.StartsWith(name, StringComparison.OrdinalIgnoreCase) && (rest.Length == name.Length || !GoesOn(name[^1], rest, name.Length));

    private static bool GoesOn(char last, string rest, int at)
    {
        var next = rest[at];
        return IsOfName(last) && (IsOfName(next) || (next is '.' && at + 1 < rest.Length && IsOfName(rest[at + 1])));
    }

    /// <summary>Of a writing that has blanks between words.</summary>
    private static bool IsOfName(char c) => c is '_' or '-' || (char.IsLetterOrDigit(c) && c < '\u2E80');

    /// <summary>All that follows an @ which no word leads up to, as an address has it.</summary>
    private static IEnumerable<string> Places(string content)
    {
        var plain = CodeBlanked.Of(content);
        var left = MostPlaces;
        for (var at = plain.IndexOf('@'); at >= 0 && left > 0; at = plain.IndexOf('@', at + 1))
        {
            if (at == 0 || !IsOfName(plain[at - 1]))
            {
                left--;
                yield return content.Substring(at + 1, Math.Min(LongestName, content.Length - at - 1));
            }
        }
    }
}
