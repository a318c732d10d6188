using Npgsql;
using NpgsqlTypes;

namespace Agents.Bench.Tasks;

/// <summary>Tasks straight into Scheduler's tables by COPY, as its own statement would have stored them.</summary>
internal sealed class Backlog(NpgsqlDataSource scheduler, Ledger ledger)
{
    private const string Tasks = "COPY tasks (id, type, prompt, input, agent_id, priority, run_anyway, max_attempts, backoff, created_by, created_at) FROM STDIN (FORMAT BINARY)";
    private const string Live = "COPY live (id, stage, rank, lane, events, agent_id, max_attempts, backoff, run_anyway) FROM STDIN (FORMAT BINARY)";
    private const string Events = "COPY task_events (task_id, number, kind, status, attempt, agent_id) FROM STDIN (FORMAT BINARY)";

    private const short Queued = 2;

    /// <summary>Seen by nobody before all is there: it is one transaction.</summary>
    public async Task LoadAsync(IReadOnlyList<string> agents, int count, CancellationToken cancellationToken)
    {
        var lanes = await LanesAsync(agents, cancellationToken);
        var now = TimeProvider.System.GetUtcNow();
        Guid[] ids = [.. Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7(now))];
        await using var connection = await scheduler.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await CopyAsync(Tasks, async (copy, n) =>
        {
            await copy.WriteAsync(ids[n], NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync("bench", NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync("Do nothing, and say so.", NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync("""{"n":0}""", NpgsqlDbType.Json, cancellationToken);
            await copy.WriteAsync(agents[n % agents.Count], NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync((short)0, NpgsqlDbType.Smallint, cancellationToken);
            await copy.WriteAsync(false, NpgsqlDbType.Boolean, cancellationToken);
            await copy.WriteAsync((short)3, NpgsqlDbType.Smallint, cancellationToken);
            await copy.WriteAsync(1.0, NpgsqlDbType.Double, cancellationToken);
            await copy.WriteAsync("bench", NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(now.UtcDateTime, NpgsqlDbType.TimestampTz, cancellationToken);
        });
        var rank = now.ToUnixTimeMilliseconds() * 1000;
        await CopyAsync(Live, async (copy, n) =>
        {
            await copy.WriteAsync(ids[n], NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(Queued, NpgsqlDbType.Smallint, cancellationToken);
            await copy.WriteAsync(rank + n, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(lanes[agents[n % agents.Count]], NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(1L, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(agents[n % agents.Count], NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync((short)3, NpgsqlDbType.Smallint, cancellationToken);
            await copy.WriteAsync(1.0, NpgsqlDbType.Double, cancellationToken);
            await copy.WriteAsync(false, NpgsqlDbType.Boolean, cancellationToken);
        });
        await CopyAsync(Events, async (copy, n) =>
        {
            await copy.WriteAsync(ids[n], NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(1L, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync("state", NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync("queued", NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(0, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(agents[n % agents.Count], NpgsqlDbType.Text, cancellationToken);
        });
        Array.ForEach(ids, ledger.Submitted);
        await transaction.CommitAsync(cancellationToken);

        async Task CopyAsync(string sql, Func<NpgsqlBinaryImporter, int, Task> row)
        {
            await using var copy = await connection.BeginBinaryImportAsync(sql, cancellationToken);
            copy.Timeout = TimeSpan.FromMinutes(5);
            for (var n = 0; n < count; n++)
            {
                await copy.StartRowAsync(cancellationToken);
                await row(copy, n);
            }

            await copy.CompleteAsync(cancellationToken);
        }
    }

    /// <summary>As autovacuum does by the time that so many have come in.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        await using var settle = scheduler.CreateCommand("VACUUM (ANALYZE) live");
        settle.CommandTimeout = 300;
        await settle.ExecuteNonQueryAsync(cancellationToken);
        await using var analyse = scheduler.CreateCommand("ANALYZE tasks, task_events");
        analyse.CommandTimeout = 300;
        await analyse.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Each agent has been asked for by a submit before, so it has its lane.</summary>
    private async Task<Dictionary<string, long>> LanesAsync(IReadOnlyList<string> agents, CancellationToken cancellationToken)
    {
        await using var command = scheduler.CreateCommand("SELECT agent_id, id FROM lanes WHERE agent_id = ANY ($1)");
        command.Parameters.AddWithValue(agents.ToArray());
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var lanes = new Dictionary<string, long>();
        while (await rows.ReadAsync(cancellationToken))
        {
            lanes.Add(rows.GetString(0), rows.GetInt64(1));
        }

        return lanes;
    }
}
