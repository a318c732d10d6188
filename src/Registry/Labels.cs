using System.Text.Json;
using Agents.Contracts;

namespace Agents.Registry;

/// <summary>Labels as they are stored: a JSON object of texts, which PostgreSQL can search.</summary>
internal static class Labels
{
    public const string None = "{}";

    /// <summary>Of one thing; what would be more is left out.</summary>
    private const int Most = 200;

    public static string Write(IReadOnlyDictionary<string, string>? labels) =>
        labels is null ? None : JsonSerializer.Serialize(labels, WireJson.Options);

    public static IReadOnlyDictionary<string, string> Read(string stored) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(stored, WireJson.Options)!;

    /// <summary>These beside those that are there; an empty value takes that label away.</summary>
    public static string Merge(string stored, IReadOnlyDictionary<string, string>? labels)
    {
        if (labels is null or { Count: 0 })
        {
            return stored;
        }

        var old = Read(stored);
        var merged = old.Where(label => !labels.ContainsKey(label.Key)).Concat(labels.Where(label => label.Value.Length > 0)).Take(Most).ToDictionary();
        // The same in another order is the same, and PostgreSQL has an order of its own.
        return merged.Count == old.Count && !merged.Except(old).Any() ? stored : Write(merged);
    }

    /// <summary>
    /// What <c>label=zone:north</c> asks to be contained, or <c>zone=north</c>, as it is said of tasks. Null for <c>label=zone</c>, which asks for any value.
    /// </summary>
    public static string? Wanted(string asked) =>
        asked.IndexOfAny([':', '=']) is > 0 and var end ? Write(new Dictionary<string, string> { [asked[..end]] = asked[(end + 1)..] }) : null;
}
