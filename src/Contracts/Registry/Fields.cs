using System.Runtime.CompilerServices;

namespace Agents.Contracts.Registry;

/// <summary>Fields that devices and agents have in common.</summary>
internal static class Fields
{
    private const int MaxNames = 100;
    private const int MaxNameLength = 128;
    private const int MaxConcurrency = 1000;

    public static void Capabilities(this Problems problems, IReadOnlyList<string>? capabilities, string field = "capabilities") => problems.Names(capabilities, field);

    public static void Concurrency(this Problems problems, int? concurrency) => problems.Range(concurrency, 1, MaxConcurrency);

    public static void Names(this Problems problems, IReadOnlyList<string>? names, [CallerArgumentExpression(nameof(names))] string field = "")
    {
        if (names is not null && (names.Count > MaxNames || names.Any(name => !IsName(name))))
        {
            problems.Add(field, $"must be at most {MaxNames} texts of 1 to {MaxNameLength} characters");
        }
    }

    public static void Labels(this Problems problems, IReadOnlyDictionary<string, string>? labels, string field = "labels")
    {
        if (labels is not null && (labels.Count > MaxNames || labels.Any(label => !IsName(label.Key) || label.Value is null || label.Value.Length > MaxNameLength || label.Value.Contains('\0'))))
        {
            problems.Add(field, $"must be at most {MaxNames} names with values, each of at most {MaxNameLength} characters");
        }
    }

    private static bool IsName(string? name) => name is { Length: > 0 and <= MaxNameLength } && !name.Contains('\0');
}
