using Agents.Contracts;
using Agents.Contracts.Registry;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Agents.Registry.Configs;

/// <summary>What agents are, as their devices say. Kept here beside them, for Posts, which knows what they are to be.</summary>
internal static class ConfigsApi
{
    public static void MapInternalConfigs(this IEndpointRouteBuilder routes) =>
        routes.MapPut("/internal/agents/configs", HoldAsync).RequireAuthorization(Policies.Service);

    private static async Task<Results<Ok<Nothing>, Invalid>> HoldAsync(HeldConfigs held, RegistryDb db, TimeProvider time, CancellationToken cancellationToken)
    {
        if (held.Items is not { Count: <= AgentIds.Most } items)
        {
            return new Invalid("items", $"must be at most {AgentIds.Most}");
        }

        // Of each the last word, in one order: two processes that write the same ones never wait for each other in a circle.
        var last = items.GroupBy(item => item.AgentId).Select(said => said.Last()).OrderBy(item => item.AgentId, StringComparer.Ordinal).ToList();
        string[] agents = [.. last.Select(item => item.AgentId)];
        string[] revisions = [.. last.Select(item => item.Revision)];
        int?[] versions = [.. last.Select(item => item.Version)];
        var now = time.GetUtcNow();
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO agent_configs (agent_id, revision, post_id, version, since, at)
            SELECT a.id, s.revision, a.post_id, s.version, {now}, {now}
            FROM unnest({agents}, {revisions}, {versions}) WITH ORDINALITY AS s (id, revision, version, n) JOIN agents a ON a.id = s.id
            ORDER BY s.n
            ON CONFLICT (agent_id) DO UPDATE
            SET revision = excluded.revision, post_id = excluded.post_id, version = excluded.version, at = excluded.at,
                since = CASE WHEN (agent_configs.post_id, agent_configs.version) IS DISTINCT FROM (excluded.post_id, excluded.version)
                             THEN excluded.since ELSE agent_configs.since END
            WHERE agent_configs.revision <> excluded.revision
            """,
            cancellationToken);
        return TypedResults.Ok(new Nothing());
    }
}
