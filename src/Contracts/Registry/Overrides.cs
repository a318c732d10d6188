using System.Text.Json;

namespace Agents.Contracts.Registry;

/// <summary>What is otherwise for an agent than its post says, kept beside it. What it means is known to Posts alone.</summary>
public sealed record AgentOverrides(KnownAgent Agent, JsonElement Overrides);

/// <param name="By">The person who says so.</param>
/// <param name="Concurrency">Where the overrides say how many tasks at once: the agent's own number, which decides about its work.</param>
/// <param name="Limits">The same of its budget, see <see cref="KnownAgent"/>.</param>
public sealed record ChangeOverrides(string By, JsonElement Overrides, int? Concurrency = null, IReadOnlyDictionary<string, decimal?>? Limits = null);
