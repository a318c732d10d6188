using System.Globalization;
using System.Text;

namespace Agents.Scheduler.Search;

/// <summary>What was typed: words that must all stand in the prompt, or the beginning of a task's id. Pure.</summary>
internal sealed record SearchText(IReadOnlyList<string> Words, int[] Terms, (Guid First, Guid Last)? Ids)
{
    public const int MaxLength = 200;

    private const int ShortestId = 8;

    /// <summary>Neighbours in a word say nearly the same, and each term is read in each block.</summary>
    private const int OfEachWord = 3;

    public bool IsSearchable => Terms.Length > 0 || Ids is not null;

    public static SearchText Of(string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return new(words, TextTerms.Of(words), words is [var one] ? IdsFrom(one) : null);
    }

    /// <summary>Of its terms those that leave the fewest candidates: a few of each word.</summary>
    public int[] Telling(IReadOnlyList<int> rarestFirst)
    {
        HashSet<int> telling = [];
        foreach (var word in Words)
        {
            HashSet<int> own = [];
            TextTerms.AddTo(own, word);
            telling.UnionWith(rarestFirst.Where(own.Contains).Take(OfEachWord));
        }

        return [.. telling];
    }

    /// <summary>
    /// How PostgreSQL compares a word, in whatever locale: it knows the two cases of Latin letters everywhere, those of others
    /// only where it was set up for them, so these are spelt out.
    /// </summary>
    public static (string Operator, string Pattern) Pattern(string word)
    {
        if (word.All(c => char.IsAscii(c) || char.ToLowerInvariant(c) == char.ToUpperInvariant(c)))
        {
            return ("ILIKE", LikePattern.Containing(word));
        }

        var regex = new StringBuilder("***:");
        foreach (var c in word)
        {
            var (lower, upper) = (char.ToLowerInvariant(c), char.ToUpperInvariant(c));
            _ = lower != upper ? regex.Append('[').Append(lower).Append(upper).Append(']')
                : char.IsAscii(c) && !char.IsLetterOrDigit(c) ? regex.Append('\\').Append(c)
                : regex.Append(c);
        }

        return ("~", regex.ToString());
    }

    private static (Guid, Guid)? IdsFrom(string word)
    {
        const string form = "00000000-0000-0000-0000-000000000000";
        if (word.Length is < ShortestId or > 36 || word.Where((c, n) => form[n] == '-' ? c != '-' : !char.IsAsciiHexDigit(c)).Any())
        {
            return null;
        }

        return (Guid.Parse(word + form[word.Length..], CultureInfo.InvariantCulture), Guid.Parse(word + form.Replace('0', 'f')[word.Length..], CultureInfo.InvariantCulture));
    }
}
