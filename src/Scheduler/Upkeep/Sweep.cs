using Agents.Scheduler.Dispatch;
using Agents.ServiceDefaults.Loops;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Agents.Scheduler.Upkeep;

/// <summary>Takes away what nobody asks for any more: keys whose window is over, lanes without tasks, holders and Realtimes that are long gone, days of budgets that are over.</summary>
internal sealed class Sweep(NpgsqlDataSource postgres, Leadership leadership, IOptions<WorkOptions> options, TimeProvider time, ILogger<Sweep> log)
    : Periodic(options.Value.UpkeepEvery, time, log)
{
    private const int Bite = 5_000;

    private const string Keys =
        """
        WITH old AS MATERIALIZED (SELECT caller, key FROM dedup WHERE expires_at < now() ORDER BY expires_at LIMIT $1)
        DELETE FROM dedup USING old WHERE dedup.caller = old.caller AND dedup.key = old.key AND dedup.expires_at < now()
        """;

    /// <summary>Whoever uses a lane says so each hour.</summary>
    private const string Lanes =
        """
        DELETE FROM lanes WHERE used_at < now() - interval '1 day'
          AND NOT EXISTS (SELECT FROM live WHERE live.lane = lanes.id) AND NOT EXISTS (SELECT FROM live WHERE live.move_lane = lanes.id)
        """;

    private const string Holders =
        """
        DELETE FROM holders h WHERE NOT h.here AND h.lease_until < now() - interval '1 day'
          AND NOT EXISTS (SELECT FROM live l WHERE l.holder = h.holder) AND NOT EXISTS (SELECT FROM ending e WHERE e.holder = h.holder)
        """;

    private const string Days = "DELETE FROM budget_days WHERE day < now() - interval '31 days'";

    /// <summary>What an attempt had used is forgotten with its end; not so where the end was missed, as after a restore.</summary>
    private const string Attempts =
        """
        DELETE FROM budget_attempts b
        WHERE NOT EXISTS (SELECT FROM live l WHERE l.id = b.task_id)
          AND NOT EXISTS (SELECT FROM outcomes o WHERE o.id = b.task_id AND o.finished_at > now() - interval '1 day')
        """;

    /// <summary>Who tries a post reads each second.</summary>
    private const string Trials =
        """
        WITH over AS (DELETE FROM trials WHERE asked_at < now() - interval '1 day')
        DELETE FROM trial_ends WHERE started_at < now() - interval '8 days' OR NOT EXISTS (SELECT FROM trials t WHERE t.post_id = trial_ends.post_id)
        """;

    private const string Realtimes = "DELETE FROM realtimes WHERE seen_at < now() - interval '1 day'";

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!leadership.Leads)
        {
            return;
        }

        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        int bitten;
        do
        {
            await using var keys = connection.Statement(Keys).With(Bite);
            bitten = await keys.ExecuteNonQueryAsync(cancellationToken);
        }
        while (bitten == Bite);

        foreach (var sweep in (string[])[Lanes, Holders, Realtimes, Days, Attempts, Trials])
        {
            await using var command = connection.Statement(sweep);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
