using System.Globalization;
using Npgsql;

namespace Agents.Scheduler.Reports;

/// <summary>Rows of figures are added to, many in one statement.</summary>
internal static class RollupSql
{
    private const string Add =
        """
        INSERT INTO work_rollups AS r (
            level, at, owner, agent_id, post_id, device_id, type, done, failed, canceled, retries, input_tokens, output_tokens, cost_usd, waited, ran, waits, runs)
        SELECT level, at, owner, agent_id, post_id, device_id, type, done, failed, canceled, retries, input_tokens, output_tokens, cost_usd, waited, ran,
               waits::bigint[], runs::bigint[]
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) AS n (
            level, at, owner, agent_id, post_id, device_id, type, done, failed, canceled, retries, input_tokens, output_tokens, cost_usd, waited, ran, waits, runs)
        ON CONFLICT (level, at, owner, agent_id, post_id, device_id, type) DO UPDATE
        SET done = r.done + excluded.done, failed = r.failed + excluded.failed, canceled = r.canceled + excluded.canceled, retries = r.retries + excluded.retries,
            input_tokens = r.input_tokens + excluded.input_tokens, output_tokens = r.output_tokens + excluded.output_tokens,
            cost_usd = r.cost_usd + excluded.cost_usd, waited = r.waited + excluded.waited, ran = r.ran + excluded.ran,
            waits = added_counts(r.waits, excluded.waits), runs = added_counts(r.runs, excluded.runs)
        """;

    public static async Task AddAsync(this NpgsqlConnection connection, IReadOnlyDictionary<RollupKey, Tally> rows, CancellationToken cancellationToken)
    {
        var all = rows.ToList();
        await using var command = connection.Statement(Add)
            .With<short[]>([.. all.Select(r => (short)r.Key.Level)])
            .WithTimes([.. all.Select(r => (DateTimeOffset?)r.Key.At)])
            .WithTexts([.. all.Select(r => r.Key.Owner)])
            .WithTexts([.. all.Select(r => r.Key.Agent)])
            .WithTexts([.. all.Select(r => r.Key.Post)])
            .WithTexts([.. all.Select(r => r.Key.Device)])
            .WithTexts([.. all.Select(r => r.Key.Type)])
            .With<long[]>([.. all.Select(r => r.Value.Done)])
            .With<long[]>([.. all.Select(r => r.Value.Failed)])
            .With<long[]>([.. all.Select(r => r.Value.Canceled)])
            .With<long[]>([.. all.Select(r => r.Value.Retries)])
            .With<long[]>([.. all.Select(r => r.Value.Usage.InputTokens)])
            .With<long[]>([.. all.Select(r => r.Value.Usage.OutputTokens)])
            .With<double[]>([.. all.Select(r => r.Value.Usage.CostUsd)])
            .With<double[]>([.. all.Select(r => r.Value.Waited)])
            .With<double[]>([.. all.Select(r => r.Value.Ran)])
            .WithTexts([.. all.Select(r => Array(r.Value.Waits))])
            .WithTexts([.. all.Select(r => Array(r.Value.Runs))]);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>An array of arrays would have to be a rectangle.</summary>
    private static string Array(Histogram times) => $"{{{string.Join(',', times.Pack().Select(n => n.ToString(CultureInfo.InvariantCulture)))}}}";
}
