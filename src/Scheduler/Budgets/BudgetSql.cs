using Agents.Contracts.Posts;
using Npgsql;

namespace Agents.Scheduler.Budgets;

/// <summary>What was spent, for who looks; and what posts may spend, for who starts while Posts is down.</summary>
internal static class BudgetSql
{
    private const string Days =
        """
        SELECT k.kind, k.id, coalesce(d.tokens, 0), coalesce(d.cost_usd, 0), d.warned_at, d.told_at IS NOT NULL
        FROM unnest($2, $3) AS k (kind, id) LEFT JOIN budget_days d ON d.day = $1 AND d.kind = k.kind AND d.id = k.id
        """;

    /// <summary>Those that run, looked up by what has been said of spending: that is little, and goes with the task.</summary>
    private const string Tasks =
        """
        SELECT b.task_id, l.attempt, l.agent_id, sum(b.tokens)::bigint, sum(b.cost_usd),
               coalesce(sum(b.tokens) FILTER (WHERE b.attempt = l.attempt), 0)::bigint, coalesce(sum(b.cost_usd) FILTER (WHERE b.attempt = l.attempt), 0),
               bool_or(b.warned_at IS NOT NULL), l.is_stopping
        FROM budget_attempts b CROSS JOIN LATERAL (
            SELECT attempt, agent_id, stop_until IS NOT NULL AS is_stopping FROM live
            WHERE live.id = b.task_id AND live.stage + 0 = 3 AND live.holder IS NOT NULL AND live.started_at IS NOT NULL OFFSET 0
        ) l
        GROUP BY b.task_id, l.attempt, l.agent_id, l.is_stopping
        """;

    private const string Remembered = "SELECT post_id, tokens_per_task, cost_per_task, tokens_per_day, cost_per_day FROM budget_posts";

    private const string Remember =
        """
        WITH gone AS (
            DELETE FROM budget_posts WHERE post_id NOT IN (SELECT unnest($1))
        )
        INSERT INTO budget_posts (post_id, tokens_per_task, cost_per_task, tokens_per_day, cost_per_day) SELECT * FROM unnest($1, $2, $3, $4, $5)
        ON CONFLICT (post_id) DO UPDATE
        SET tokens_per_task = excluded.tokens_per_task, cost_per_task = excluded.cost_per_task, tokens_per_day = excluded.tokens_per_day, cost_per_day = excluded.cost_per_day
        """;

    public static async Task<BudgetSheet> SheetAsync(
        this NpgsqlDataSource postgres, BudgetDay day, IReadOnlyList<BudgetKey> keys, CancellationToken cancellationToken)
    {
        var days = await postgres.DaysAsync(day, keys, cancellationToken);
        await using var command = postgres.CreateCommand(Tasks);
        var tasks = await command.ListAsync(
            row => new TaskSpent(
                row.GetGuid(0), row.GetInt32(1), row.GetString(2), new(row.GetInt64(3), row.GetDouble(4)), new(row.GetInt64(5), row.GetDouble(6)), row.GetBoolean(7),
                row.GetBoolean(8)),
            cancellationToken);
        return new(day, days, tasks);
    }

    public static async Task<Dictionary<BudgetKey, DaySpent>> DaysAsync(
        this NpgsqlDataSource postgres, BudgetDay day, IReadOnlyList<BudgetKey> keys, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(Days)
            .With(day.Begin)
            .With<short[]>([.. keys.Select(key => (short)key.Kind)])
            .WithTexts([.. keys.Select(key => key.Id)]);
        var rows = await command.ListAsync(
            row => (Key: new BudgetKey((BudgetKind)row.GetInt16(0), row.GetString(1)), Day: new DaySpent(new(row.GetInt64(2), row.GetDouble(3)), row.Time(4), row.GetBoolean(5))),
            cancellationToken);
        return rows.ToDictionary(row => row.Key, row => row.Day);
    }

    public static async Task<Dictionary<string, Budget>> RememberedAsync(this NpgsqlDataSource postgres, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(Remembered);
        var rows = await command.ListAsync(
            row => (Id: row.GetString(0), Budget: new Budget(Long(row, 1), Dollars(row, 2), Long(row, 3), Dollars(row, 4))), cancellationToken);
        return rows.ToDictionary(row => row.Id, row => row.Budget);
    }

    public static async Task RememberAsync(this NpgsqlDataSource postgres, IReadOnlyDictionary<string, Budget> budgets, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(Remember)
            .WithTexts([.. budgets.Keys])
            .WithLongs([.. budgets.Values.Select(budget => budget.TokensPerTask)])
            .WithDoubles([.. budgets.Values.Select(budget => (double?)budget.CostPerTask)])
            .WithLongs([.. budgets.Values.Select(budget => budget.TokensPerDay)])
            .WithDoubles([.. budgets.Values.Select(budget => (double?)budget.CostPerDay)]);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static long? Long(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    private static decimal? Dollars(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : (decimal)row.GetDouble(column);
}
