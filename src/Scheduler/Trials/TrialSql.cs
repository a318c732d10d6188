using Agents.Contracts.Scheduler;
using Agents.Scheduler.Reports;
using Npgsql;

namespace Agents.Scheduler.Trials;

/// <summary>
/// Ends of attempts, kept only of posts that somebody tries just now. They are written by the fold, one round after the other:
/// so their numbers come in the order in which they can be read.
/// </summary>
internal static class TrialSql
{
    private const string Tried = "SELECT post_id FROM trials WHERE asked_at > now() - interval '1 hour'";

    /// <summary>Each minute is enough.</summary>
    private const string Ask =
        """
        INSERT INTO trials (post_id, asked_at) VALUES ($1, now())
        ON CONFLICT (post_id) DO UPDATE SET asked_at = excluded.asked_at WHERE trials.asked_at < now() - interval '1 minute'
        """;

    private const string Add =
        "INSERT INTO trial_ends (post_id, agent_id, started_at, done, tokens, cost_usd) SELECT * FROM unnest($1, $2, $3, $4, $5, $6)";

    private const string Last = "SELECT coalesce(max(seq), 0) FROM trial_ends";

    private const string After =
        "SELECT agent_id, started_at, done, tokens, cost_usd, seq FROM trial_ends WHERE post_id = $1 AND seq > $2 ORDER BY seq LIMIT $3";

    /// <summary>Each retry is an attempt that failed.</summary>
    private const string Before =
        """
        SELECT coalesce(sum(done), 0)::bigint, coalesce(sum(failed + retries), 0)::bigint, coalesce(sum(input_tokens + output_tokens), 0)::bigint, coalesce(sum(cost_usd), 0)
        FROM work_rollups WHERE level = $2 AND at > now() - interval '30 days' AND post_id = $1
        """;

    public static async Task<HashSet<string>> TriedAsync(this NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Tried);
        return [.. await command.ListAsync(row => row.GetString(0), cancellationToken)];
    }

    public static async Task AddAsync(this NpgsqlConnection connection, IReadOnlyList<(string Post, TrialEnd End)> ends, CancellationToken cancellationToken)
    {
        if (ends.Count == 0)
        {
            return;
        }

        await using var command = connection.Statement(Add)
            .WithTexts([.. ends.Select(end => end.Post)])
            .WithTexts([.. ends.Select(end => end.End.AgentId)])
            .WithTimes([.. ends.Select(end => (DateTimeOffset?)end.End.StartedAt)])
            .With<bool[]>([.. ends.Select(end => end.End.Done)])
            .With<long[]>([.. ends.Select(end => end.End.Tokens)])
            .With<double[]>([.. ends.Select(end => end.End.CostUsd)]);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>From now on its ends are kept.</summary>
    public static async Task AskAsync(this NpgsqlDataSource postgres, string post, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(Ask).With(post);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task<TrialPage> BeginAsync(this NpgsqlDataSource postgres, string post, CancellationToken cancellationToken)
    {
        await using var last = postgres.CreateCommand(Last);
        var seq = (long)(await last.ExecuteScalarAsync(cancellationToken))!;
        await using var before = postgres.CreateCommand(Before).With(post).With((short)RollupLevel.AgentDay);
        var sums = await before.ListAsync(row => new TrialBefore(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetDouble(3)), cancellationToken);
        return new(seq, [], sums.Single());
    }

    public static async Task<TrialPage> AfterAsync(this NpgsqlDataSource postgres, string post, long after, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(After).With(post).With(after).With(TrialPage.Most);
        var rows = await command.ListAsync(
            row => (Seq: row.GetInt64(5), End: new TrialEnd(row.GetString(0), row.GetFieldValue<DateTimeOffset>(1), row.GetBoolean(2), row.GetInt64(3), row.GetDouble(4))),
            cancellationToken);
        return new(rows.Count > 0 ? rows[^1].Seq : after, [.. rows.Select(row => row.End)]);
    }
}
