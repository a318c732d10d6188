using Agents.Contracts.Registry;
using Agents.Registry.Presence;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Data;
using Microsoft.EntityFrameworkCore;

namespace Agents.Registry.Agents;

/// <summary>An agent with what is known of it now.</summary>
internal sealed class AgentRow
{
    public required Agent Agent { get; init; }

    public required string? Status { get; init; }

    public required int? Running { get; init; }

    public required DateTimeOffset? LastSeen { get; init; }

    public AgentView ToView() => Agent.ToView(Status, Running, LastSeen);
}

internal static class AgentRows
{
    /// <summary>The agents that the caller may see, each with its presence.</summary>
    public static IQueryable<AgentRow> AgentsFor(this RegistryDb db, Caller caller, Silence silence)
    {
        var agents = db.Agents.AsNoTracking();
        if (caller.IsDevice)
        {
            agents = agents.Where(a => a.Visibility == AgentVisibility.Public || a.DeviceId == caller.Id);
        }
        else if (!caller.IsOperator)
        {
            agents = agents.Where(a => a.Visibility == AgentVisibility.Public || a.Owner == caller.Id);
        }

        return agents.LeftJoin(
            db.Of(PresenceKind.Agent, silence.Before), a => a.Id, p => p.Id, (a, p) => new AgentRow
            {
                Agent = a,
                Status = p!.Status,
                Running = p.Running,
                LastSeen = p.LastSeen,
            });
    }

    public static IQueryable<AgentRow> Where(this IQueryable<AgentRow> rows, AgentFilter filter)
    {
        if (filter.Online is { } online)
        {
            rows = rows.Where(r => (r.Status != null && r.Status != PresenceStatus.Offline) == online);
        }

        rows = filter.Status switch
        {
            null => rows,
            PresenceStatus.Offline => rows.Where(r => r.Status == null || r.Status == PresenceStatus.Offline),
            var status => rows.Where(r => r.Status == status),
        };
        foreach (var label in filter.Label ?? [])
        {
            rows = Labels.Wanted(label) is { } wanted
                ? rows.Where(r => EF.Functions.JsonContains(r.Agent.Labels, wanted))
                : rows.Where(r => EF.Functions.JsonExists(r.Agent.Labels, label));
        }

        foreach (var capability in filter.Capability ?? [])
        {
            rows = rows.Where(r => r.Agent.Capabilities.Contains(capability));
        }

        foreach (var tag in filter.Tag ?? [])
        {
            rows = rows.Where(r => r.Agent.Tags.Contains(tag));
        }

        rows = filter.Type is { } type ? rows.Where(r => r.Agent.Type == type) : rows;
        rows = filter.Pool is { } pool ? rows.Where(r => r.Agent.Pool == pool) : rows;
        rows = filter.PostId is { } post ? rows.Where(r => r.Agent.PostId == post) : rows;
        rows = filter.DeviceId is { } device ? rows.Where(r => r.Agent.DeviceId == device) : rows;
        if (!string.IsNullOrWhiteSpace(filter.Q))
        {
            var pattern = LikePattern.Containing(filter.Q.Trim());
            rows = rows.Where(r =>
                EF.Functions.ILike(r.Agent.Id, pattern, LikePattern.Escape) || EF.Functions.ILike(r.Agent.Name, pattern, LikePattern.Escape));
        }

        return rows;
    }
}
