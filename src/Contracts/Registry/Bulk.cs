namespace Agents.Contracts.Registry;

/// <summary>Agents of a post, all of them or none. Exactly one of count, devices and selector is given.</summary>
/// <param name="By">The person who asked for them.</param>
/// <param name="Post">The post's name.</param>
/// <param name="Selector">Labels: one agent on each device that has them.</param>
/// <param name="Capabilities">What a device must have, and the agents have.</param>
/// <param name="Labels">As <paramref name="Capabilities"/>.</param>
/// <param name="Preview">Nothing is made: what would be is said, without ids.</param>
public sealed record AgentsOrder(
    string By, string Post, int? Count, IReadOnlyList<string>? Devices, IReadOnlyDictionary<string, string>? Selector, string NamePattern,
    int Concurrency, IReadOnlyList<string> Capabilities, IReadOnlyDictionary<string, string> Labels, bool Preview = false) : IValidated
{
    public const int Most = 1_000;

    /// <summary>Posts has looked at the rest.</summary>
    public void Validate(Problems problems) => problems.Range(Count, 1, Most);
}

public sealed record AgentsMade(IReadOnlyList<AgentMade> Agents);

public sealed record AgentMade(string Id, string Name, string DeviceId);
