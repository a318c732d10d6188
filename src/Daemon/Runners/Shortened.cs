using System.Text.Json;
using Agents.Contracts;
using Agents.Daemon.Runners.Lines;

namespace Agents.Daemon.Runners;

/// <summary>What may be long, as far as it is worth telling.</summary>
internal static class Shortened
{
    private const int Most = 4_000;

    public static string Of(string text, int most = Most) =>
        text.Cut(most, $" [... {text.Length - most} characters are left out]");

    /// <summary>A text, parts that have one, or else what it is as JSON.</summary>
    public static string? Of(JsonElement? json, int most = Most) => json switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => Of(text.GetString()!, most),
        { ValueKind: JsonValueKind.Array } parts when parts.EnumerateArray().All(part => part.TextAt("text") is not null) =>
            Of(string.Join('\n', parts.EnumerateArray().Select(part => part.TextAt("text"))), most),
        { } other => Of(other.GetRawText(), most),
    };
}
