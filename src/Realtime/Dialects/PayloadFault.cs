using System.Text.Json;

namespace Agents.Realtime.Dialects;

/// <summary>What a JSON reader found wrong, in the words of who sent it. Pure.</summary>
internal static class PayloadFault
{
    private const string Missing = "missing required properties including: ";

    /// <param name="root">What the JSON that was read is called; null where it is the whole frame.</param>
    public static string Text(JsonException e, string? root)
    {
        var path = e.Path?.TrimStart('$') ?? "";
        var at = root is not null ? root + path : path.Length > 0 ? path.TrimStart('.') : "The frame";
        var missing = e.Message.IndexOf(Missing, StringComparison.Ordinal);
        if (missing < 0)
        {
            return $"{at} is of the wrong kind.";
        }

        var names = e.Message[(missing + Missing.Length)..];
        return $"{at} lacks {names[..(names.IndexOf('.') is var end and >= 0 ? end : names.Length)]}.";
    }
}
