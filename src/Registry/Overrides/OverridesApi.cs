using System.Text.Json;
using Agents.Contracts.Registry;
using Agents.Registry.Changes;
using Agents.Registry.Presence;
using Agents.ServiceDefaults.Audit;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Agents.Registry.Overrides;

/// <summary>Kept here for Posts, which alone knows what they mean and has looked at them.</summary>
internal static class OverridesApi
{
    public static void MapInternalOverrides(this IEndpointRouteBuilder routes)
    {
        var agents = routes.MapGroup("/internal/agents").RequireAuthorization(Policies.Service);

        agents.MapGet("/{id}/overrides", GetAsync);
        agents.MapPut("/{id}/overrides", PutAsync);
        agents.MapPost("/overrides", GetManyAsync);
        routes.MapGet("/internal/posts/{postId}/staff", GetStaffAsync).RequireAuthorization(Policies.Service);
    }

    private static async Task<Results<Ok<AgentOverrides>, NotFound>> GetAsync(string id, RegistryDb db, CancellationToken cancellationToken) =>
        await db.OverridesOf(db.Agents.Where(a => a.Id == id)).SingleOrDefaultAsync(cancellationToken) is { } found
            ? TypedResults.Ok(found.ToView())
            : TypedResults.NotFound();

    private static async Task<Results<Ok<ManyOverrides>, Invalid>> GetManyAsync(AgentIds agents, RegistryDb db, CancellationToken cancellationToken)
    {
        if (agents.Ids is not { Count: <= AgentIds.Most } ids)
        {
            return new Invalid("ids", $"must be at most {AgentIds.Most}");
        }

        var found = await db.OverridesOf(db.Agents.Where(a => ids.Contains(a.Id))).ToListAsync(cancellationToken);
        return TypedResults.Ok(new ManyOverrides([.. found.Select(row => row.ToView())]));
    }

    private static async Task<StaffPage> GetStaffAsync(string postId, string? after, RegistryDb db, Silence silence, CancellationToken cancellationToken)
    {
        var last = after ?? "";
        var agents = db.Agents.Where(a => a.PostId == postId && string.Compare(a.Id, last) > 0).OrderBy(a => a.Id).Take(AgentIds.Most);
        var found = await db.OverridesOf(agents).OrderBy(row => row.Agent.Id).ToListAsync(cancellationToken);
        var ids = found.ConvertAll(row => row.Agent.Id);
        var there = await db.Of(PresenceKind.Agent, silence.Before).Where(p => ids.Contains(p.Id) && p.Status != PresenceStatus.Offline).Select(p => p.Id).ToListAsync(cancellationToken);
        var online = there.ToHashSet();
        return new(
            [.. found.Select(row => row.ToView() with { Online = online.Contains(row.Agent.Id) })],
            found.Count == AgentIds.Most ? found[^1].Agent.Id : null);
    }

    private static async Task<Results<Ok, NotFound>> PutAsync(
        string id, ChangeOverrides change, RegistryDb db, ChangeFeed feed, Caller caller, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if ((await db.Agents.FromSql($"SELECT * FROM agents WHERE id = {id} FOR UPDATE").ToListAsync(cancellationToken)) is not [{ } agent])
        {
            return TypedResults.NotFound();
        }

        var json = change.Overrides.GetRawText();
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO agent_overrides (agent_id, overrides) VALUES ({id}, {json}::json)
            ON CONFLICT (agent_id) DO UPDATE SET overrides = excluded.overrides
            """,
            cancellationToken);
        (agent.Concurrency, agent.UpdatedAt) = (change.Concurrency ?? agent.Concurrency, time.GetUtcNow());
        agent.Limits = change.Limits is null ? null : JsonSerializer.Serialize(change.Limits);
        db.AuditOutbox.Add(AuditEntry.Of(caller with { Id = change.By }, time, "agent.configured", id));
        await feed.SaveAsync([new(ChangeKind.AgentSaved, id)], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Ok();
    }
}
