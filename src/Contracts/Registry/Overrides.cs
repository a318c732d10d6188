using System.Text.Json;

namespace Agents.Contracts.Registry;

/// <summary>What is otherwise for an agent than its post says, kept beside it. What it means is known to Posts alone.</summary>
/// <param name="Held">What it was last said to be; null before anybody said so.</param>
/// <param name="Online">Told where a post's agents are read.</param>
public sealed record AgentOverrides(KnownAgent Agent, JsonElement Overrides, HeldConfig? Held = null, bool? Online = null);

public sealed record ManyOverrides(IReadOnlyList<AgentOverrides> Items);

/// <param name="Next">Null after the last page.</param>
public sealed record StaffPage(IReadOnlyList<AgentOverrides> Items, string? Next);

public sealed record AgentIds(IReadOnlyList<string> Ids)
{
    public const int Most = 500;
}

/// <param name="By">The person who says so.</param>
/// <param name="Concurrency">Where the overrides say how many tasks at once: the agent's own number, which decides about its work.</param>
/// <param name="Limits">The same of its budget, see <see cref="KnownAgent"/>.</param>
public sealed record ChangeOverrides(string By, JsonElement Overrides, int? Concurrency = null, IReadOnlyDictionary<string, decimal?>? Limits = null);

/// <summary>What an agent is from its next task on.</summary>
/// <param name="Version">Of its post.</param>
/// <param name="Since">Since when it has this version; what is its own may have changed later.</param>
/// <param name="At">When it was said first of this revision.</param>
public sealed record HeldConfig(string Revision, int? Version, DateTimeOffset Since, DateTimeOffset At);

public sealed record HeldConfigs(IReadOnlyList<Realtime.AgentConfigHeld> Items);
