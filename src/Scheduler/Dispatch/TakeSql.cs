using Npgsql;

namespace Agents.Scheduler.Dispatch;

/// <summary>C2a of docs/protocol.md: tasks for agents that asked for them by HTTP, claimed, accepted and leased in one.</summary>
internal static class TakeSql
{
    /// <summary>The epoch as in the claim, and no index but the primary key, see ADR 23. It says by itself what it works on, so its lease alone ends it.</summary>
    private const string Take =
        """
        WITH lead AS MATERIALIZED (
            SELECT 1 FROM leadership WHERE epoch = $1 FOR SHARE
        ), c AS (
            UPDATE live l
            SET stage = 3, attempt = l.attempt + 1, agent_id = p.agent, device_id = p.device, holder = 'rest:' || p.agent || ':' || l.id || ':' || l.attempt + 1,
                assigned_at = now(), started_at = now(), accepted = l.accepted + 1, accepted_attempt = l.attempt + 1, seq = 0, given_up = false,
                events = l.events + 2, connection = p.name
            FROM unnest($2, $3, $4, $5, $6) AS p (id, agent, device, lane, name), lead
            WHERE l.id = ANY (ARRAY[p.id]) AND l.lane + 0 = p.lane AND l.stage + 0 = 2
            RETURNING l.id, l.attempt, l.agent_id, l.device_id, l.holder, l.events, l.connection
        ), h AS (
            INSERT INTO holders (holder, instance, connection, here, takes, lease_until, since, names)
            SELECT holder, '', connection, false, false, now() + $7, now(), true FROM c
            ON CONFLICT (holder) DO UPDATE SET connection = excluded.connection, lease_until = excluded.lease_until
        ), e AS (
            INSERT INTO task_events (task_id, number, kind, status, attempt, agent_id, device_id)
            SELECT c.id, c.events - s.before, 'state', s.status, c.attempt, c.agent_id, c.device_id
            FROM c CROSS JOIN (VALUES (1, 'assigned'), (0, 'running')) AS s (before, status)
        )
        SELECT id, attempt FROM c
        """;

    /// <summary>Those that were still to be had, with their attempts.</summary>
    public static async Task<List<(Guid Task, int Attempt)>> TakeAsync(
        this NpgsqlDataSource postgres, long epoch, IReadOnlyList<(Pick Pick, string Name)> asked, TimeSpan lease, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(Take)
            .With(epoch)
            .With<Guid[]>([.. asked.Select(a => a.Pick.Task)])
            .WithTexts([.. asked.Select(a => a.Pick.Worker.Id)])
            .WithTexts([.. asked.Select(a => a.Pick.Worker.DeviceId)])
            .With<long[]>([.. asked.Select(a => a.Pick.Lane)])
            .WithTexts([.. asked.Select(a => a.Name)])
            .With(lease);
        return await command.ListAsync(row => (row.GetGuid(0), row.GetInt32(1)), cancellationToken);
    }
}
