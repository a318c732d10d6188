using Npgsql;

namespace Agents.Scheduler.Moving;

/// <summary>A task that is to go on elsewhere.</summary>
/// <param name="From">The lane that it was found in: whoever moved it meanwhile has the say.</param>
/// <param name="AgentId">Who is asked for from now on; null: nobody by name.</param>
internal sealed record Move(Guid Task, long From, long To, string? AgentId, string? PostId, string? RequiresJson);

/// <summary>What became of a move: it waits in its new lane, or its holder was asked to come to an end.</summary>
internal sealed record Moved(Guid Task, long Lane, long Rank, bool IsQueued, string? Holder, int Attempt);

internal static class MoveSql
{
    /// <summary>
    /// What waits changes its lane and keeps its rank. What is held is marked: it moves when its holder says that it has come
    /// to a turn's end, or when its time is up, which is at once where nobody has accepted it.
    /// </summary>
    private const string Move =
        """
        WITH w AS MATERIALIZED (
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6) AS w (id, old, new, agent, post, requires)
        ), q AS (
            UPDATE live l SET lane = w.new, agent_id = w.agent, events = l.events + 1 FROM w
            WHERE l.id = ANY (ARRAY[w.id]) AND l.lane + 0 = w.old AND l.stage + 0 < 3 AND w.new <> w.old
            RETURNING l.id, l.lane, l.rank, l.stage, l.events, l.attempt, l.agent_id, NULL::text AS device_id, NULL::text AS holder,
                      CASE l.stage WHEN 0 THEN 'blocked' WHEN 1 THEN 'scheduled' ELSE 'queued' END AS status
        ), m AS (
            UPDATE live l
            SET move_lane = w.new, move_until = now() + CASE WHEN l.started_at IS NULL THEN interval '0' ELSE $7 END, events = l.events + 1
            FROM w
            WHERE l.id = ANY (ARRAY[w.id]) AND l.lane + 0 = w.old AND l.stage + 0 = 3 AND l.holder IS NOT NULL
            RETURNING l.id, w.new AS lane, l.rank, l.stage, l.events, l.attempt, l.agent_id, l.device_id, l.holder,
                      CASE WHEN l.started_at IS NULL THEN 'assigned' WHEN l.asking > 0 THEN 'waiting' ELSE 'running' END AS status
        ), a AS (
            SELECT * FROM q UNION ALL SELECT * FROM m
        ), t AS (
            UPDATE tasks SET agent_id = w.agent, post_id = w.post, requires = w.requires FROM w JOIN a ON a.id = w.id WHERE tasks.id = w.id
        ), e AS (
            INSERT INTO task_events (task_id, number, kind, status, attempt, agent_id, device_id, data)
            SELECT id, events, 'state', status, attempt, agent_id, device_id, json_build_object('moved', true, 'by', $8, 'reason', $9) FROM a
        )
        SELECT id, lane, rank, stage = 2, holder, attempt FROM a
        """;

    /// <param name="within">So long a holder may take to come to a turn's end.</param>
    public static async Task<List<Moved>> MoveAsync(
        this NpgsqlConnection connection, IReadOnlyList<Move> moves, TimeSpan within, string by, string reason, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Move)
            .With<Guid[]>([.. moves.Select(m => m.Task)])
            .With<long[]>([.. moves.Select(m => m.From)])
            .With<long[]>([.. moves.Select(m => m.To)])
            .WithTexts([.. moves.Select(m => m.AgentId)])
            .WithTexts([.. moves.Select(m => m.PostId)])
            .WithJson([.. moves.Select(m => m.RequiresJson)])
            .With(within)
            .With(by)
            .With(reason);
        return await command.ListAsync(
            row => new Moved(row.GetGuid(0), row.GetInt64(1), row.GetInt64(2), row.GetBoolean(3), row.Text(4), row.GetInt32(5)), cancellationToken);
    }
}
