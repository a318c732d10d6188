using System.Text.Json;
using Agents.Contracts;

namespace Agents.Registry;

/// <summary>Labels as they are stored: a JSON object of texts, which PostgreSQL can search.</summary>
internal static class Labels
{
    public const string None = "{}";

    public static string Write(IReadOnlyDictionary<string, string>? labels) =>
        labels is null ? None : JsonSerializer.Serialize(labels, WireJson.Options);

    public static IReadOnlyDictionary<string, string> Read(string stored) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(stored, WireJson.Options)!;

    /// <summary>The stored ones with these beside them; an empty value takes a label away. Unchanged where they say nothing new.</summary>
    public static string With(string stored, IReadOnlyDictionary<string, string> changes)
    {
        var labels = new Dictionary<string, string>(Read(stored));
        var changed = false;
        foreach (var (name, value) in changes)
        {
            changed |= value.Length == 0 ? labels.Remove(name) : labels.GetValueOrDefault(name) != value;
            if (value.Length > 0)
            {
                labels[name] = value;
            }
        }

        return changed ? Write(labels) : stored;
    }

    /// <summary>
    /// What <c>label=zone:north</c> asks to be contained. Null for <c>label=zone</c>, which asks for any value.
    /// </summary>
    public static string? Wanted(string asked) =>
        asked.IndexOf(':') is > 0 and var colon ? Write(new Dictionary<string, string> { [asked[..colon]] = asked[(colon + 1)..] }) : null;
}
