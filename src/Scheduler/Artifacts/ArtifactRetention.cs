using Npgsql;

namespace Agents.Scheduler.Artifacts;

/// <summary>
/// Artifacts go with their task. Who drops old tasks says so here; who forgot it is made up for by the sweep, which finds
/// artifacts whose task is neither live nor has an outcome. In batches, so that nothing is locked for long.
/// </summary>
internal sealed class ArtifactRetention(NpgsqlDataSource postgres)
{
    private const int MostAtOnce = 1_000;

    private const string OfTasks = "UPDATE artifacts SET state = 2 WHERE task_id = ANY ($1) AND state <> 2";

    private const string Before =
        "UPDATE artifacts SET state = 2 WHERE id IN (SELECT id FROM artifacts WHERE task_id < $1 AND state <> 2 ORDER BY task_id, id LIMIT $2)";

    /// <summary>From one place in the order of tasks to the next. A task and its artifacts are written together, so none is without the other by chance.</summary>
    private const string Orphans =
        """
        WITH page AS MATERIALIZED (
            SELECT id, task_id FROM artifacts WHERE (task_id, id) > ($1, $2) ORDER BY task_id, id LIMIT $3
        ), gone AS (
            UPDATE artifacts a SET state = 2 FROM page p
            WHERE a.id = p.id AND a.state <> 2
              AND NOT EXISTS (SELECT FROM live l WHERE l.id = p.task_id) AND NOT EXISTS (SELECT FROM outcomes o WHERE o.id = p.task_id)
        )
        SELECT task_id, id FROM page ORDER BY task_id, id
        """;

    /// <summary>Of these tasks. Their content is removed by the sweep.</summary>
    public async Task DropOfAsync(IReadOnlyCollection<Guid> tasks, CancellationToken cancellationToken)
    {
        foreach (var some in tasks.Chunk(MostAtOnce))
        {
            await using var command = postgres.CreateCommand(OfTasks).With(some);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>Of all tasks whose id is smaller: of all that lie in partitions that are dropped.</summary>
    public async Task DropBeforeAsync(Guid firstKept, CancellationToken cancellationToken)
    {
        for (var dropped = MostAtOnce; dropped == MostAtOnce;)
        {
            await using var command = postgres.CreateCommand(Before).With(firstKept).With(MostAtOnce);
            dropped = await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>Of all tasks that are no more.</summary>
    public async Task DropOrphansAsync(CancellationToken cancellationToken)
    {
        for (var (task, id, isLast) = (Guid.Empty, Guid.Empty, false); !isLast;)
        {
            await using var command = postgres.CreateCommand(Orphans).With(task).With(id).With(MostAtOnce);
            var page = await command.ListAsync(row => (row.GetGuid(0), row.GetGuid(1)), cancellationToken);
            isLast = page.Count < MostAtOnce;
            if (!isLast)
            {
                (task, id) = page[^1];
            }
        }
    }
}
