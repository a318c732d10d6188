using System.Text.Json;
using Agents.Contracts.Registry;
using Agents.Registry.Changes;
using Agents.ServiceDefaults.Audit;
using Agents.ServiceDefaults.Auth;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Agents.Registry.Overrides;

/// <summary>Kept here for Posts, which alone knows what they mean and has looked at them.</summary>
internal static class OverridesApi
{
    private const string None = "{}";

    public static void MapInternalOverrides(this IEndpointRouteBuilder routes)
    {
        var overrides = routes.MapGroup("/internal/agents/{id}/overrides").RequireAuthorization(Policies.Service);

        overrides.MapGet("/", GetAsync);
        overrides.MapPut("/", PutAsync);
    }

    private static async Task<Results<Ok<AgentOverrides>, NotFound>> GetAsync(string id, RegistryDb db, CancellationToken cancellationToken) =>
        await db.Agents.AsNoTracking().Where(a => a.Id == id)
            .LeftJoin(db.Overrides, a => a.Id, o => o.AgentId, (a, o) => new { Agent = a, o!.Overrides })
            .SingleOrDefaultAsync(cancellationToken) is { } found
            ? TypedResults.Ok(new AgentOverrides(found.Agent.ToKnown(), JsonElement.Parse(found.Overrides ?? None)))
            : TypedResults.NotFound();

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
