using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Agents.Contracts.Posts;

/// <summary>How much a model may be used, out of a template's limits. What is null has no limit.</summary>
/// <param name="CostPerTask">US dollars, as <paramref name="CostPerDay"/>.</param>
public sealed record Budget(long? TokensPerTask = null, decimal? CostPerTask = null, long? TokensPerDay = null, decimal? CostPerDay = null)
{
    private static readonly string[] Names = ["tokens_per_task", "cost_per_task", "tokens_per_day", "cost_per_day"];

    public static Budget None { get; } = new();

    [JsonIgnore]
    public bool IsNone => this == None;

    public static Budget Of(PostLimits? limits) =>
        limits is null ? None : new(limits.TokensPerTask, limits.CostPerTask, limits.TokensPerDay, limits.CostPerDay);

    /// <summary>What an agent has otherwise than its post, by the names of the fields: null takes away what the post says. Null: nothing.</summary>
    public static IReadOnlyDictionary<string, decimal?>? OwnOf(JsonObject overrides)
    {
        if (!overrides.TryGetPropertyValue("limits", out var limits))
        {
            return null;
        }

        var given = limits as JsonObject;
        var own = Names.Where(name => given is null || given.ContainsKey(name)).ToDictionary(name => name, name => (decimal?)given?[name]);
        return own.Count == 0 ? null : own;
    }

    /// <summary>As it is for an agent that has this otherwise.</summary>
    public Budget With(IReadOnlyDictionary<string, decimal?>? own) => own is null or { Count: 0 }
        ? this
        : new(
            (long?)Field(own, Names[0], TokensPerTask), Field(own, Names[1], CostPerTask), (long?)Field(own, Names[2], TokensPerDay), Field(own, Names[3], CostPerDay));

    private static decimal? Field(IReadOnlyDictionary<string, decimal?> own, string name, decimal? post) => own.TryGetValue(name, out var value) ? value : post;
}
