using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Scheduler;

namespace Agents.Scheduler.Dispatch;

/// <summary>What all tasks of one queue ask for: an agent, or any of a post or of all that has what is required.</summary>
/// <param name="Owner">Where no agent was asked for by name: whose private agents count beside the public ones.</param>
internal sealed record LaneKey(string? AgentId, string? PostId, string? Owner, Requirements? Requires)
{
    public static LaneKey Of(SubmitTaskRequest request, string caller)
    {
        var requires = request.Requires is { } asked && (asked.Capabilities?.Count > 0 || asked.Labels?.Count > 0 || asked.Device is not null)
            ? new Requirements(
                asked.Capabilities is { Count: > 0 } ? [.. asked.Capabilities.Distinct().Order(StringComparer.Ordinal)] : null,
                asked.Labels is { Count: > 0 } ? new SortedDictionary<string, string>(asked.Labels.ToDictionary(), StringComparer.Ordinal) : null,
                asked.Device)
            : null;
        return request.AgentId is { } agent ? new(agent, null, null, requires) : new(null, request.PostId, caller, requires);
    }

    public string? RequiresJson { get; } = Requires is null ? null : JsonSerializer.Serialize(Requires, WireJson.Options);

    /// <summary>The same for the same lane, and for no other.</summary>
    public string Text => JsonSerializer.Serialize(new[] { AgentId, PostId, Owner, RequiresJson }, WireJson.Options);

    public bool Equals(LaneKey? other) =>
        other is not null && AgentId == other.AgentId && PostId == other.PostId && Owner == other.Owner && RequiresJson == other.RequiresJson;

    public override int GetHashCode() => HashCode.Combine(AgentId, PostId, Owner, RequiresJson);
}
