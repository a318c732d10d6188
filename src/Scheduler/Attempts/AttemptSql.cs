using Agents.Contracts.Scheduler;
using Npgsql;

namespace Agents.Scheduler.Attempts;

/// <summary>An attempt whose place is taken, or is free again.</summary>
internal sealed record Attempt(Guid Task, int Number, string Agent, string? Device, string Holder);

/// <summary>C3 and C4 of docs/protocol.md: accepts and progress of many attempts.</summary>
internal static class AttemptSql
{
    /// <summary>Also where it went back to the queue unheard of and was given to nobody else: it goes on. No stage by an index, see ADR 23.</summary>
    private const string Accept =
        """
        WITH w AS (
            SELECT DISTINCT ON (w.id) w.id, w.attempt, w.holder, w.connection, w.brings
            FROM unnest($1, $2, $3, $4, $5) AS w (id, attempt, holder, connection, brings)
            CROSS JOIN LATERAL (SELECT live.attempt, live.holder FROM live WHERE live.id = w.id OFFSET 0) l
            WHERE l.attempt = coalesce(w.attempt, l.attempt) AND l.holder = w.holder
            ORDER BY w.id, w.attempt DESC NULLS LAST
        ), a AS (
            UPDATE live l
            SET stage = 3, started_at = now(), accepted = l.accepted + CASE WHEN l.accepted_attempt = l.attempt THEN 0 ELSE 1 END,
                accepted_attempt = l.attempt, events = l.events + 1, connection = w.connection, brings = w.brings
            FROM w
            WHERE l.id = ANY (ARRAY[w.id]) AND l.attempt = coalesce(w.attempt, l.attempt) AND l.holder = w.holder
              AND ((l.stage + 0 = 3 AND l.started_at IS NULL) OR (l.stage + 0 = 2 AND NOT l.given_up))
            RETURNING l.id, l.attempt, l.agent_id, l.device_id, l.holder, l.events
        ), x AS (
            DELETE FROM ending USING a WHERE ending.task_id = ANY (ARRAY[a.id]) AND ending.attempt = a.attempt
        ), e AS (
            INSERT INTO task_events (task_id, number, kind, status, attempt, agent_id, device_id)
            SELECT id, events, 'state', 'running', attempt, agent_id, device_id FROM a
        )
        SELECT id, attempt, agent_id, device_id, holder FROM a
        """;

    /// <summary>Those of the given that are running as they say; the rest is stale.</summary>
    private const string Current =
        """
        SELECT DISTINCT l.id, l.attempt FROM unnest($1, $2, $3) AS w (id, attempt, holder)
        JOIN live l ON l.id = ANY (ARRAY[w.id]) AND l.attempt = coalesce(w.attempt, l.attempt) AND l.holder = w.holder AND l.stage + 0 = 3
        """;

    /// <summary>Numbered on from the task's last event; what came before by its sequence number is dropped.</summary>
    private const string Progress =
        """
        WITH w AS MATERIALIZED (
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8) WITH ORDINALITY AS w (id, attempt, holder, connection, seq, kind, data, percent, n)
            ORDER BY w.id, w.n
        ), k AS MATERIALIZED (
            SELECT w.*, l.attempt AS current, l.agent_id, l.device_id, l.events + row_number() OVER (PARTITION BY w.id ORDER BY w.n) AS number
            FROM w CROSS JOIN LATERAL (
                SELECT * FROM live WHERE live.id = w.id AND live.stage + 0 = 3 AND live.started_at IS NOT NULL FOR NO KEY UPDATE
            ) l
            WHERE l.attempt = coalesce(w.attempt, l.attempt) AND l.holder = w.holder AND (w.seq IS NULL OR w.seq > l.seq)
        ), m AS (
            SELECT id, min(number) - 1 AS before, max(number) AS number, coalesce(max(seq), 0) AS seq, max(connection) AS connection FROM k GROUP BY id
        ), u AS (
            UPDATE live SET events = m.number, seq = greatest(live.seq, m.seq), connection = m.connection FROM m WHERE live.id = ANY (ARRAY[m.id])
        ), i AS (
            INSERT INTO task_events (task_id, number, kind, attempt, agent_id, device_id, data, percent)
            SELECT id, number, kind, current, agent_id, device_id, data, percent FROM k
        )
        SELECT (SELECT count(*) FROM k)::int, m.id, m.number FROM m WHERE m.number > $9 AND m.number / $10 > m.before / $10
        UNION ALL SELECT (SELECT count(*) FROM k)::int, NULL, NULL
        """;

    /// <summary>What happened to a task stays; of what was said while it ran the newest.</summary>
    private const string Ring =
        """
        DELETE FROM task_events e USING unnest($1, $2) AS r (id, below) WHERE e.task_id = r.id AND e.number <= r.below AND e.kind <> 'state'
        """;

    /// <summary>The ring is let go of so many at a time, for each look at its end costs something.</summary>
    private const int RingStep = 256;

    public static async Task<List<Attempt>> AcceptAsync(this NpgsqlConnection connection, IReadOnlyList<HolderWord> words, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Accept).WithAttempts(words).WithTexts([.. words.Select(w => w.Connection)]).With<bool[]>([.. words.Select(w => w.Brings)]);
        return await command.ListAsync(ReadAttempt, cancellationToken);
    }

    public static async Task<HashSet<(Guid, int)>> CurrentAsync(
        this NpgsqlConnection connection, IReadOnlyList<HolderWord> words, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Current).WithAttempts(words);
        return [.. await command.ListAsync(row => (row.GetGuid(0), row.GetInt32(1)), cancellationToken)];
    }

    /// <param name="most">So many are kept of a task.</param>
    /// <returns>How many count.</returns>
    public static async Task<int> ProgressAsync(
        this NpgsqlConnection connection, IReadOnlyList<HolderWord> words, int most, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Progress)
            .WithAttempts(words)
            .WithTexts([.. words.Select(w => w.Connection)])
            .WithLongs([.. words.Select(w => w.Seq)])
            .WithTexts([.. words.Select(w => w.What ?? "status")])
            .WithJson([.. words.Select(w => Tasks.NewTask.Json(w.Data))])
            .WithDoubles([.. words.Select(w => w.Percent)])
            .With<long>(most)
            .With<long>(RingStep);
        var written = await command.ListAsync(row => (Count: row.GetInt32(0), Task: row.Id(1), Last: row.IsDBNull(2) ? 0 : row.GetInt64(2)), cancellationToken);
        var full = written.Where(each => each.Task is not null).ToList();
        if (full.Count > 0)
        {
            await using var ring = connection.Statement(Ring)
                .With<Guid[]>([.. full.Select(each => each.Task!.Value)])
                .With<long[]>([.. full.Select(each => each.Last - most)]);
            await ring.ExecuteNonQueryAsync(cancellationToken);
        }

        return written[0].Count;
    }

    public static Attempt ReadAttempt(NpgsqlDataReader row) => new(row.GetGuid(0), row.GetInt32(1), row.Text(2) ?? "", row.Text(3), row.Text(4) ?? "");

    public static NpgsqlCommand WithAttempts(this NpgsqlCommand command, IReadOnlyList<HolderWord> words) => command
        .With<Guid[]>([.. words.Select(w => Guid.Parse(w.TaskId!))])
        .WithNumbers([.. words.Select(w => w.Attempt)])
        .WithTexts([.. words.Select(w => w.Holder)]);
}
