using Agents.Contracts.Registry;
using Agents.Registry.Agents;
using Agents.ServiceDefaults.Audit;
using Microsoft.EntityFrameworkCore;

namespace Agents.Registry.Bulk;

/// <summary>Many agents by two statements, however many they are.</summary>
internal static class BulkSql
{
    public static async Task InsertAsync(this RegistryDb db, IReadOnlyList<AgentMade> agents, string postId, AgentsOrder order, AuditEntry audit, CancellationToken cancellationToken)
    {
        string[] ids = [.. agents.Select(agent => agent.Id)];
        string[] names = [.. agents.Select(agent => agent.Name)];
        string[] devices = [.. agents.Select(agent => agent.DeviceId)];
        string[] capabilities = [.. order.Capabilities.Distinct()];
        string[] tags = [];
        // A microsecond apart, so that lists have them in the order of their numbers.
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO agents (id, name, type, role, capabilities, tags, concurrency, labels, pool, meta, visibility, owner, device_id, post_id, token_version, created_at, updated_at)
            SELECT a.id, a.name, {Agent.DefaultType}, {order.Post}, {capabilities}, {tags}, {order.Concurrency}, {Labels.Write(order.Labels)}::jsonb, '',
                   {Agent.NoMeta}::json, {AgentVisibility.Public}, {audit.Actor}, a.device, {postId}, 0, {audit.At} + a.n * interval '1 microsecond', {audit.At}
            FROM unnest({ids}, {names}, {devices}) WITH ORDINALITY AS a (id, name, device, n)
            """,
            cancellationToken);
        Guid[] entries = [.. agents.Select(_ => Guid.CreateVersion7(audit.At))];
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO audit_outbox (id, at, actor, address, request_id, action, target, outcome, detail)
            SELECT a.entry, {audit.At}, {audit.Actor}, {audit.Address}, {audit.RequestId}, {audit.Action}, a.id, {audit.Outcome}, a.name || ', of post ' || {postId}
            FROM unnest({entries}, {ids}, {names}) AS a (entry, id, name)
            """,
            cancellationToken);
    }
}
