namespace Agents.ServiceDefaults.Data;

/// <summary>Text that people look for, as a pattern for LIKE with <see cref="Escape"/>: what they type stands for itself.</summary>
public static class LikePattern
{
    /// <summary>Has to be said: without it EF tells PostgreSQL that nothing escapes.</summary>
    public const string Escape = "\\";

    public static string Containing(string text) => $"%{Escaped(text)}%";

    private static string Escaped(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("%", "\\%", StringComparison.Ordinal)
        .Replace("_", "\\_", StringComparison.Ordinal);
}
