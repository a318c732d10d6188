using Agents.Scheduler.Budgets;
using Agents.Scheduler.Reports;
using Npgsql;

namespace Agents.Scheduler.Handovers;

/// <summary>An attempt that runs, and may speak for its task.</summary>
internal sealed record LiveRun(Guid Task, int Attempt, string Owner, string Agent, string? Device, int Priority);

/// <summary>A task on the way up from who hands on to what somebody submitted.</summary>
/// <param name="Agent">Who has it, or had it last.</param>
/// <param name="IsHeld">It takes a place of its agent.</param>
/// <param name="WasHanded">By an agent, else by a person or to a group's member.</param>
internal sealed record Link(Guid Task, string? Agent, string? Device, bool IsHeld, bool WasHanded);

internal static class HandoverSql
{
    private const string Run =
        """
        SELECT l.id, l.attempt, t.created_by, l.agent_id, l.device_id, t.priority
        FROM live l JOIN tasks t ON t.id = l.id WHERE l.id = $1 AND l.attempt = $2 AND l.stage = 3 AND l.holder IS NOT NULL
        """;

    /// <summary>Whoever ends it waits for us, and sees then what it has handed over.</summary>
    private const string Hold = "SELECT FROM live WHERE id = $1 AND attempt = $2 AND stage = 3 AND holder IS NOT NULL FOR KEY SHARE";

    private const string Chain =
        """
        WITH RECURSIVE up AS (
            SELECT id, parent_id, 0 AS n FROM tasks WHERE id = $1
            UNION ALL
            SELECT t.id, t.parent_id, up.n + 1 FROM up JOIN tasks t ON t.id = up.parent_id WHERE up.n < 200
        )
        SELECT up.id, coalesce(l.agent_id, o.agent_id), coalesce(l.device_id, o.device_id), coalesce(l.stage = 3 AND l.holder IS NOT NULL, false), h.task_id IS NOT NULL
        FROM up LEFT JOIN live l ON l.id = up.id LEFT JOIN outcomes o ON o.id = up.id LEFT JOIN handovers h ON h.task_id = up.id
        ORDER BY up.n
        """;

    private const string Insert = "INSERT INTO handovers (task_id, parent_id, root_id, attempt) VALUES ($1, $2, $3, $4)";

    /// <summary>By the tree's row one after the other hands over, so no two find the same last place.</summary>
    private const string Count =
        """
        INSERT INTO handover_trees (root_id, handed) VALUES ($1, 1)
        ON CONFLICT (root_id) DO UPDATE SET handed = handover_trees.handed + 1 RETURNING handed
        """;

    private const string Children = "SELECT count(*)::int FROM handovers WHERE parent_id = $1";

    private const string Find = "SELECT task_id FROM handovers WHERE parent_id = $1 AND task_id = $2";

    private const string Of = "SELECT task_id FROM handovers WHERE parent_id = $1 ORDER BY task_id LIMIT $2";

    /// <summary>Of what has ended what it said in the end; of what goes on what was folded so far.</summary>
    private const string Spent =
        """
        SELECT o.usage, coalesce(b.tokens, 0)::bigint, coalesce(b.cost_usd, 0)
        FROM (SELECT $1::uuid AS id UNION SELECT task_id FROM handovers WHERE root_id = $1) tree
        LEFT JOIN outcomes o ON o.id = tree.id
        LEFT JOIN LATERAL (SELECT sum(tokens) AS tokens, sum(cost_usd) AS cost_usd FROM budget_attempts WHERE task_id = tree.id) b ON true
        """;

    private const string Open =
        "SELECT h.task_id FROM handovers h JOIN live l ON l.id = h.task_id JOIN outcomes o ON o.id = h.parent_id WHERE h.parent_id = ANY ($1) AND o.status <> 'done'";

    private const string Forgotten =
        """
        SELECT DISTINCT l.parent_id FROM live l JOIN handovers h ON h.task_id = l.id
        CROSS JOIN LATERAL (SELECT status FROM outcomes WHERE outcomes.id = l.parent_id OFFSET 0) o
        WHERE l.parent_id IS NOT NULL AND o.status <> 'done' LIMIT $1
        """;

    public static async Task<LiveRun?> RunAsync(this NpgsqlDataSource postgres, Guid task, int attempt, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(Run).With(task).With(attempt);
        return (await command.ListAsync(
            row => new LiveRun(row.GetGuid(0), row.GetInt32(1), row.GetString(2), row.GetString(3), row.Text(4), row.GetInt16(5)), cancellationToken)).SingleOrDefault();
    }

    /// <summary>False where it has ended, or was given to another meanwhile.</summary>
    public static async Task<bool> HoldAsync(this NpgsqlConnection connection, LiveRun run, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Hold).With(run.Task).With(run.Attempt);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken);
    }

    /// <summary>The task itself first, what somebody submitted last.</summary>
    public static async Task<List<Link>> ChainAsync(this NpgsqlConnection connection, Guid task, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Chain).With(task);
        return await command.ListAsync(row => new Link(row.GetGuid(0), row.Text(1), row.Text(2), row.GetBoolean(3), row.GetBoolean(4)), cancellationToken);
    }

    /// <returns>How many there are now, of the task and of its tree.</returns>
    public static async Task<(int OfTask, int OfTree)> AddHandoverAsync(
        this NpgsqlConnection connection, Guid task, LiveRun parent, Guid root, CancellationToken cancellationToken)
    {
        await using var count = connection.Statement(Count).With(root);
        var ofTree = (int)(await count.ExecuteScalarAsync(cancellationToken))!;
        await using var insert = connection.Statement(Insert).With(task).With(parent.Task).With(root).With(parent.Attempt);
        await insert.ExecuteNonQueryAsync(cancellationToken);
        await using var children = connection.Statement(Children).With(parent.Task);
        return ((int)(await children.ExecuteScalarAsync(cancellationToken))!, ofTree);
    }

    public static async Task<bool> HasHandedAsync(this NpgsqlDataSource postgres, Guid parent, Guid task, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(Find).With(parent).With(task);
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }

    public static async Task<List<Guid>> HandedAsync(this NpgsqlDataSource postgres, Guid parent, int most, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(Of).With(parent).With(most);
        return await command.ListAsync(row => row.GetGuid(0), cancellationToken);
    }

    public static async Task<Spent> TreeSpentAsync(this NpgsqlConnection connection, Guid root, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Spent).With(root);
        var each = await command.ListAsync(
            row => row.Text(0) is { } usage ? Budgets.Spent.Of(Usages.Of(usage)) : new Spent(row.GetInt64(1), row.GetDouble(2)), cancellationToken);
        return each.Aggregate(default(Spent), (sum, one) => sum + one);
    }

    /// <summary>What these have handed over and is not over, of those that did not get done.</summary>
    public static async Task<List<Guid>> OpenHandoversAsync(this NpgsqlConnection connection, Guid[] parents, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Open).With(parents);
        return await command.ListAsync(row => row.GetGuid(0), cancellationToken);
    }

    public static async Task<List<Guid>> ForgottenParentsAsync(this NpgsqlDataSource postgres, int most, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(Forgotten).With(most);
        return await command.ListAsync(row => row.GetGuid(0), cancellationToken);
    }
}
