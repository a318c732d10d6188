using Npgsql;
using Db = NpgsqlTypes.NpgsqlDbType;

namespace Agents.Bench.Long;

/// <summary>
/// How a task of the past stands in each table. Its events stand under a transaction that was folded long ago, so that nothing
/// counts twice.
/// </summary>
internal sealed class HistoryTables(NpgsqlDataSource scheduler, DateTimeOffset now, int count)
{
    /// <summary>The newest ones have not ended: they wait for a time that does not come, or for somebody.</summary>
    private const int Live = 5_000;

    private const int SessionEach = 5;
    private const string Folded = "3";

    public Copying[] All() => [Tasks(), Events(), Outcomes(), Sessions(), LiveOnes()];

    public bool HasEnded(PastTask task) => task.Number < count - Live;

    private Copying Tasks() => new(
        scheduler,
        "COPY tasks (id, type, prompt, input, post_id, agent_id, priority, run_anyway, max_attempts, backoff, labels, created_by, created_at) FROM STDIN (FORMAT BINARY)",
        async (copy, task, cancellationToken) => await copy.RowAsync(
            cancellationToken, (task.Id, Db.Uuid), (task.Type, Db.Text), (task.Prompt, Db.Text), (task.Number % 3 == 0 ? $$"""{"n":{{task.Number}}}""" : null, Db.Json), (task.Post, Db.Text),
            (task.Number % 2 == 0 ? task.Agent : null, Db.Text), ((short)0, Db.Smallint), (false, Db.Boolean), ((short)3, Db.Smallint), (1.0, Db.Double), (task.Labels, Db.Jsonb), (task.Owner, Db.Text), (task.At, Db.TimestampTz)));

    private Copying Outcomes() => new(
        scheduler,
        "COPY outcomes (id, status, attempt, agent_id, device_id, result, error_kind, error, usage, assigned_at, started_at, finished_at) FROM STDIN (FORMAT BINARY)",
        async (copy, task, cancellationToken) =>
        {
            if (HasEnded(task))
            {
                var failed = task.Status == "failed";
                await copy.RowAsync(
                    cancellationToken, (task.Id, Db.Uuid), (task.Status, Db.Text), (1, Db.Integer), (task.Agent, Db.Text), (task.Device, Db.Text),
                    (task.Status == "done" ? $$"""{"answer":"It was done as it was asked for, number {{task.Number}}."}""" : null, Db.Json), (failed ? "failed" : null, Db.Text), (failed ? "It fell over." : null, Db.Text),
                    (task.Usage, Db.Json), (task.StartedAt, Db.TimestampTz), (task.StartedAt, Db.TimestampTz), (task.EndedAt, Db.TimestampTz));
            }
        });

    private Copying Events() => new(
        scheduler,
        "COPY task_events (task_id, number, tx, horizon, at, kind, status, attempt, agent_id, device_id) FROM STDIN (FORMAT BINARY)",
        async (copy, task, cancellationToken) =>
        {
            (string Status, DateTimeOffset At, int Attempt)[] states = HasEnded(task)
                ? [("queued", task.At, 0), ("assigned", task.StartedAt, 1), ("running", task.StartedAt, 1), (task.Status, task.EndedAt, 1)]
                : [("queued", task.At, 0)];
            for (var n = 0; n < states.Length; n++)
            {
                await copy.RowAsync(
                    cancellationToken, (task.Id, Db.Uuid), (n + 1L, Db.Bigint), (ulong.Parse(Folded), Db.Xid8), (ulong.Parse(Folded), Db.Xid8), (states[n].At, Db.TimestampTz), ("state", Db.Text), (states[n].Status, Db.Text),
                    (states[n].Attempt, Db.Integer), (n > 0 ? task.Agent : null, Db.Text), (n > 0 ? task.Device : null, Db.Text));
            }
        });

    private Copying Sessions() => new(
        scheduler,
        "COPY sessions (first_task, id, agent_id, device_id, post_id, owner, title, created_at, last_at, tasks, input_tokens, output_tokens, cost_usd) FROM STDIN (FORMAT BINARY)",
        async (copy, task, cancellationToken) =>
        {
            if (task.Number % SessionEach == 0)
            {
                await copy.RowAsync(
                    cancellationToken, (task.Id, Db.Uuid), (task.Id.ToString(), Db.Text), (task.Agent, Db.Text), (task.Device, Db.Text), (task.Post, Db.Text), (task.Owner, Db.Text),
                    (task.Prompt[..Math.Min(task.Prompt.Length, 80)], Db.Text), (task.At, Db.TimestampTz), (task.EndedAt, Db.TimestampTz), (1, Db.Integer), (1_000L, Db.Bigint), (100L, Db.Bigint), (0.01, Db.Double));
            }
        });

    private Copying LiveOnes() => new(
        scheduler,
        "COPY live (id, stage, rank, lane, events, agent_id, ready_at, max_attempts, backoff, waits, run_anyway) FROM STDIN (FORMAT BINARY)",
        async (copy, task, cancellationToken) =>
        {
            if (!HasEnded(task))
            {
                var scheduled = task.Number % 5 != 0;
                await copy.RowAsync(
                    cancellationToken, (task.Id, Db.Uuid), ((short)(scheduled ? 1 : 0), Db.Smallint), (0L, Db.Bigint), (0L, Db.Bigint), (1L, Db.Bigint), (task.Agent, Db.Text),
                    (scheduled ? (object)now.AddDays(300) : null, Db.TimestampTz), ((short)3, Db.Smallint), (1.0, Db.Double), (scheduled ? 0 : 1, Db.Integer), (false, Db.Boolean));
            }
        });
}
