using Npgsql;

namespace Agents.Scheduler.Artifacts;

/// <summary>
/// Artifacts go with their task: those whose task is neither live nor has an outcome are found, and their content is removed
/// by the sweep. In batches, so that nothing is locked for long.
/// </summary>
internal sealed class ArtifactRetention(NpgsqlDataSource postgres)
{
    private const int MostAtOnce = 1_000;

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
