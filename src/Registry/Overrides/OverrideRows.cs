using System.Text.Json;
using Agents.Contracts.Registry;
using Agents.Registry.Agents;
using Agents.Registry.Configs;
using Microsoft.EntityFrameworkCore;

namespace Agents.Registry.Overrides;

/// <summary>An agent with what is its own, and what it was last said to be.</summary>
internal sealed class OverrideRow
{
    private const string None = "{}";

    public required Agent Agent { get; init; }

    public required string? Overrides { get; init; }

    public required AgentConfig? Held { get; init; }

    public AgentOverrides ToView() => new(Agent.ToKnown(), JsonElement.Parse(Overrides ?? None), Held?.ToHeld());
}

internal static class OverrideRows
{
    public static IQueryable<OverrideRow> OverridesOf(this RegistryDb db, IQueryable<Agent> agents) =>
        agents.AsNoTracking()
            .LeftJoin(db.Overrides, a => a.Id, o => o.AgentId, (a, o) => new { Agent = a, o!.Overrides })
            .LeftJoin(db.Configs, row => row.Agent.Id, c => c.AgentId, (row, held) => new OverrideRow { Agent = row.Agent, Overrides = row.Overrides, Held = held });
}
