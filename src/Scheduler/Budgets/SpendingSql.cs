using Npgsql;

namespace Agents.Scheduler.Budgets;

/// <summary>Counts what was spent, within the transaction of the fold and so each word once.</summary>
internal static class SpendingSql
{
    /// <summary>Only what runs or waits to be tried again stands there, and only where agents tell of it while they work: mostly nothing.</summary>
    private const string HasAttempts = "SELECT EXISTS (SELECT FROM budget_attempts)";

    private const string Before = "SELECT task_id, attempt, tokens, cost_usd FROM budget_attempts WHERE task_id = ANY ($1)";

    private const string AddDays =
        """
        INSERT INTO budget_days (day, kind, id, tokens, cost_usd) SELECT * FROM unnest($1, $2, $3, $4, $5)
        ON CONFLICT (day, kind, id) DO UPDATE SET tokens = budget_days.tokens + excluded.tokens, cost_usd = budget_days.cost_usd + excluded.cost_usd
        """;

    private const string KeepAttempts =
        """
        INSERT INTO budget_attempts (task_id, attempt, tokens, cost_usd) SELECT * FROM unnest($1, $2, $3, $4)
        ON CONFLICT (task_id, attempt) DO UPDATE SET tokens = excluded.tokens, cost_usd = excluded.cost_usd
        """;

    private const string Forget = "DELETE FROM budget_attempts b USING unnest($1, $2) AS e (id, attempt) WHERE b.task_id = e.id AND b.attempt <= e.attempt";

    public static async Task SpendAsync(this NpgsqlConnection connection, Spending spending, TimeSpan dayLength, CancellationToken cancellationToken)
    {
        if (spending.Count == 0)
        {
            return;
        }

        await using var any = connection.Statement(HasAttempts);
        var hasAttempts = await any.ExecuteScalarAsync(cancellationToken) is true;
        var before = hasAttempts ? await connection.BeforeAsync([.. spending.Tasks], cancellationToken) : [];
        var counted = spending.Of(before, dayLength);
        await connection.AddAsync(counted, cancellationToken);
        if (hasAttempts && spending.Ended.Count > 0)
        {
            await using var forget = connection.Statement(Forget).With<Guid[]>([.. spending.Ended.Keys]).With<int[]>([.. spending.Ended.Values]);
            await forget.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static async Task<Dictionary<(Guid Task, int Attempt), Spent>> BeforeAsync(
        this NpgsqlConnection connection, Guid[] tasks, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Before).With(tasks);
        var rows = await command.ListAsync(row => (Key: (row.GetGuid(0), row.GetInt32(1)), Spent: new Spent(row.GetInt64(2), row.GetDouble(3))), cancellationToken);
        return rows.ToDictionary(row => row.Key, row => row.Spent);
    }

    private static async Task AddAsync(this NpgsqlConnection connection, Counted counted, CancellationToken cancellationToken)
    {
        if (counted.Days.Count > 0)
        {
            // In one order, so that two who write never wait for each other.
            var days = counted.Days.OrderBy(day => day.Key.Day).ThenBy(day => day.Key.Key.Kind).ThenBy(day => day.Key.Key.Id, StringComparer.Ordinal).ToList();
            await using var add = connection.Statement(AddDays)
                .With<DateTimeOffset[]>([.. days.Select(day => day.Key.Day)])
                .With<short[]>([.. days.Select(day => (short)day.Key.Key.Kind)])
                .WithTexts([.. days.Select(day => day.Key.Key.Id)])
                .With<long[]>([.. days.Select(day => day.Value.Tokens)])
                .With<double[]>([.. days.Select(day => day.Value.CostUsd)]);
            await add.ExecuteNonQueryAsync(cancellationToken);
        }

        if (counted.Attempts.Count > 0)
        {
            await using var keep = connection.Statement(KeepAttempts)
                .With<Guid[]>([.. counted.Attempts.Keys.Select(key => key.Task)])
                .With<int[]>([.. counted.Attempts.Keys.Select(key => key.Attempt)])
                .With<long[]>([.. counted.Attempts.Values.Select(spent => spent.Tokens)])
                .With<double[]>([.. counted.Attempts.Values.Select(spent => spent.CostUsd)]);
            await keep.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
