using System.Text;

namespace Agents.ServiceDefaults.Files;

/// <summary>What a file may be called that somebody uploads: a file's name, and no path. Pure.</summary>
public static class FileName
{
    public const int MaxLength = 255;
    public const int MaxPathLength = 1024;

    private const char LineSeparator = '\u2028';
    private const char ParagraphSeparator = '\u2029';

    /// <summary>Null where it is in order.</summary>
    public static string? Problem(string? name) => name switch
    {
        null or "" => "is required",
        "." or ".." => "must be the name of a file",
        _ when name.EnumerateRunes().Count() > MaxLength => $"must have 1 to {MaxLength} characters",
        _ when name.Any(c => char.IsControl(c) || c is LineSeparator or ParagraphSeparator) => "must not contain control characters",
        _ when name.AsSpan().ContainsAny('/', '\\') => "must not contain / or \\",
        _ => null,
    };

    /// <summary>The same of a path below a folder: each part of it is the name of a file. Null where it is in order.</summary>
    public static string? PathProblem(string? path) => path switch
    {
        null or "" => Problem(path),
        { Length: > MaxPathLength } => $"must have at most {MaxPathLength} characters",
        _ => path.Split('/').Select(Problem).FirstOrDefault(problem => problem is not null) is null ? null
            : "must be the name of a file, or its path below a folder: no part of it empty, . or .., and none with \\ or control characters",
    };

    /// <summary>The name for who saves it: without the marks that turn the order of letters round and so can hide how it ends.</summary>
    public static string ToSave(string name)
    {
        name = name[(name.LastIndexOf('/') + 1)..];
        var kept = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            kept.Append(Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.Format && IsDirection(rune.Value) ? new Rune('_') : rune);
        }

        return kept.ToString();
    }

    private static bool IsDirection(int rune) => rune is 0x200E or 0x200F or 0x061C or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
