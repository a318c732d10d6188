using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Scheduler;
using Agents.Scheduler.Attempts;
using Agents.Scheduler.Dispatch;
using Agents.Scheduler.Groups;
using Agents.ServiceDefaults.Audit;
using Agents.ServiceDefaults.Auth;
using Npgsql;

namespace Agents.Scheduler.Tasks;

/// <summary>A task that failed or was canceled is begun anew, by a person: its numbers go on, its attempts are counted from the start. A group begins anew as a whole.</summary>
internal sealed class Retrying(NpgsqlDataSource postgres, Lanes lanes, Gatherer gatherer, Aftermath aftermath, TimeProvider time)
{
    private const string Find = "SELECT agent_id, post_id, created_by, requires, priority FROM tasks WHERE id = $1";

    /// <summary>What stopped for want of a budget, ours or its model's, has done nothing wrong: it goes on with its conversation.</summary>
    private const string Again =
        """
        WITH o AS (
            DELETE FROM outcomes WHERE id = $1 AND status IN ('failed', 'canceled') RETURNING id, attempt, CASE WHEN error_kind = 'quota' THEN session_id END AS session_id
        ), n AS MATERIALIZED (
            SELECT o.id, o.attempt, o.session_id, (SELECT max(number) FROM task_events e WHERE e.task_id = o.id) + 1 AS number FROM o
        ), l AS (
            INSERT INTO live (id, stage, rank, lane, attempt, accepted_attempt, events, agent_id, timeout_s, max_attempts, backoff, run_anyway, parent_id, started_at, session_id)
            SELECT t.id, $5, $2, $3, n.attempt, n.attempt, n.number, t.agent_id, t.timeout_s, t.max_attempts, t.backoff, t.run_anyway, t.parent_id, CASE WHEN $5 = 4 THEN now() END, n.session_id
            FROM n JOIN tasks t ON t.id = n.id
        )
        INSERT INTO task_events (task_id, number, kind, status, attempt, data)
        SELECT id, number, 'state', CASE $5 WHEN 4 THEN 'waiting' ELSE 'queued' END, attempt, json_build_object('by', $4) FROM n
        """;

    /// <summary>Where it stands now; null where it has not ended badly.</summary>
    public async Task<string?> RetryAsync(Guid task, Caller by, CancellationToken cancellationToken)
    {
        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        await using var find = connection.Statement(Find).With(task);
        var (key, priority) = (await find.ListAsync(Read, cancellationToken)).Single();
        if (!lanes.TryGet(key, out var lane))
        {
            await lanes.MakeAsync([key], cancellationToken);
            lanes.TryGet(key, out lane);
        }

        var rank = Rank.Of(time.GetUtcNow(), priority);
        var group = await connection.FindGroupAsync(task, cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var again = connection.Statement(Again).With(task).With(rank).With(lane).With(by.Id).With((short)(group is null ? Stage.Queued : Stage.Gathered));
        if (await again.ExecuteNonQueryAsync(cancellationToken) == 0)
        {
            return null;
        }

        var handed = group is null ? null : await gatherer.AgainAsync(connection, group, cancellationToken);
        await connection.AddAuditAsync(AuditEntry.Of(by, time, "task.retried", task.ToString()), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (handed is null)
        {
            aftermath.AreQueued([(lane, rank, task)]);
        }

        handed?.Follow();
        aftermath.Happened();
        return group is null ? TaskStatus.Queued : TaskStatus.Waiting;
    }

    private static (LaneKey Key, int Priority) Read(NpgsqlDataReader row) => (
        LaneKey.Of(
            new(
                AgentId: row.Text(0), PostId: row.Text(1),
                Requires: row.Text(3) is { } json ? JsonSerializer.Deserialize<Requirements>(json, WireJson.Options) : null),
            row.GetString(2)),
        row.GetInt16(4));
}
