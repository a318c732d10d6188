namespace Agents.Contracts;

/// <summary>Long texts, as far as there is room for them, and never through the middle of a letter. Pure.</summary>
public static class TextCut
{
    /// <param name="then">Stands where the rest was, beyond <paramref name="most"/>.</param>
    public static string Cut(this string text, int most, string then = "") => text.Length <= most ? text : text[..Within(text, most)] + then;

    /// <summary>Its last characters.</summary>
    /// <param name="before">Stands where the beginning was, beyond <paramref name="most"/>.</param>
    public static string Tail(this string text, int most, string before = "") =>
        text.Length <= most ? text : before + text[(char.IsLowSurrogate(text[^most]) ? text.Length - most + 1 : text.Length - most)..];

    private static int Within(string text, int most) => most > 0 && char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
}
