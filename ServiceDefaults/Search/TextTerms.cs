namespace Agents.ServiceDefaults.Search;

/// <summary>
/// What a text is found by: each three characters in a row that no space divides, and of Chinese, Japanese and Korean, where
/// a word is a character or two, each one and each two. So whatever is typed is found within words as well. As numbers:
/// two terms with one number make somebody look at a task in vain, no more. Pure.
/// </summary>
public static class TextTerms
{
    /// <summary>Characters of a prompt that are looked at.</summary>
    public const int Looked = 2_000;

    /// <summary>More make a search slower, and what is found is compared with the text anyway.</summary>
    private const int MostOfQuery = 12;

    private const uint OneOf = 1;
    private const uint TwoOf = 2;
    private const uint ThreeOf = 3;

    public static void AddTo(HashSet<int> terms, ReadOnlySpan<char> text)
    {
        text = text[..Math.Min(text.Length, Looked)];
        for (var at = 0; at < text.Length; at++)
        {
            if (IsWide(text[at]))
            {
                terms.Add(Hash(OneOf, text.Slice(at, 1)));
                if (at + 1 < text.Length && IsWide(text[at + 1]))
                {
                    terms.Add(Hash(TwoOf, text.Slice(at, 2)));
                }
            }
            else if (IsThree(text, at))
            {
                terms.Add(Hash(ThreeOf, text.Slice(at, 3)));
            }
        }
    }

    /// <summary>Terms that a text with all of these words has. None where they are too short to be looked for.</summary>
    public static int[] Of(IEnumerable<string> words)
    {
        HashSet<int> terms = [];
        foreach (var word in words)
        {
            for (var at = 0; at < word.Length; at++)
            {
                var (wide, next) = (IsWide(word[at]), at + 1 < word.Length && IsWide(word[at + 1]));
                if (wide && next)
                {
                    terms.Add(Hash(TwoOf, word.AsSpan(at, 2)));
                }
                else if (wide && (at == 0 || !IsWide(word[at - 1])))
                {
                    terms.Add(Hash(OneOf, word.AsSpan(at, 1)));
                }
                else if (IsThree(word, at))
                {
                    terms.Add(Hash(ThreeOf, word.AsSpan(at, 3)));
                }
            }
        }

        // From all over the query: neighbours say nearly the same.
        var each = (terms.Count + MostOfQuery - 1) / MostOfQuery;
        return [.. terms.Where((_, n) => n % each == 0)];
    }

    /// <summary>Something about a task that is looked for as a whole.</summary>
    public static int Exact(char kind, string value) => Hash(kind, value, fold: false);

    private static bool IsThree(ReadOnlySpan<char> text, int at)
    {
        if (at + 3 > text.Length)
        {
            return false;
        }

        foreach (var each in text.Slice(at, 3))
        {
            if (char.IsWhiteSpace(each) || IsWide(each))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Scripts that write no spaces, and with them what takes two places in a string, as the rare ones of them do.</summary>
    private static bool IsWide(char c) => c is (>= '\u2E80' and <= '\uA4CF') or (>= '\uAC00' and <= '\uDFFF') or (>= '\uF900' and <= '\uFAFF');

    /// <summary>FNV-1a: kept in the database, so it must never change.</summary>
    private static int Hash(uint kind, ReadOnlySpan<char> text, bool fold = true)
    {
        var hash = (2166136261u ^ kind) * 16777619u;
        foreach (var c in text)
        {
            hash = (hash ^ (fold ? char.ToLowerInvariant(c) : c)) * 16777619u;
        }

        return unchecked((int)hash);
    }
}
