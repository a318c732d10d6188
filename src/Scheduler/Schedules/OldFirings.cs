using Agents.ServiceDefaults.Loops;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Agents.Scheduler.Schedules;

/// <summary>The end of the history: by age, and by number for those that fire every second.</summary>
internal sealed class OldFirings(NpgsqlDataSource postgres, IOptions<ScheduleOptions> options, TimeProvider time, ILogger<OldFirings> log)
    : Periodic(options.Value.HistorySweep, time, log)
{
    private const string TooOld = "DELETE FROM firings WHERE fired_at < $1";

    private const string TooMany =
        """
        DELETE FROM firings f USING schedules s, LATERAL (
            SELECT x.scheduled_at, x.id FROM firings x WHERE x.schedule_id = s.id ORDER BY x.scheduled_at DESC, x.id DESC OFFSET $1 LIMIT 1) newest
        WHERE f.schedule_id = s.id AND (f.scheduled_at, f.id) <= (newest.scheduled_at, newest.id)
        """;

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        await using var old = connection.Statement(TooOld).With(Time.GetUtcNow() - options.Value.HistoryKept);
        await old.ExecuteNonQueryAsync(cancellationToken);
        await using var many = connection.Statement(TooMany).With(options.Value.MostHistory);
        await many.ExecuteNonQueryAsync(cancellationToken);
    }
}
