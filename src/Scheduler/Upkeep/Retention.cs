using Agents.Scheduler.Dispatch;
using Agents.ServiceDefaults.Loops;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Agents.Scheduler.Upkeep;

/// <summary>
/// Lets go of tasks that ended long ago. A month of which all is old is dropped whole, which costs nothing; what may go
/// sooner, or lies in a month with something that may not, is deleted in small bites.
/// </summary>
internal sealed partial class Retention(NpgsqlDataSource postgres, Leadership leadership, IOptions<WorkOptions> options, TimeProvider time, ILogger<Retention> log)
    : Periodic(options.Value.UpkeepEvery, time, log)
{
    private const int Bite = 1_000;

    private readonly RetentionOptions _retention = options.Value.Retention;

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!leadership.Leads)
        {
            return;
        }

        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        var now = Time.GetUtcNow();
        foreach (var month in await connection.OldMonthsAsync(now - _retention.Longest, cancellationToken))
        {
            if (await connection.DropMonthAsync(month, now - _retention.Longest, cancellationToken))
            {
                Log.Dropped(log, month);
            }
        }

        (string, TimeSpan)[] kinds = [(TaskStatus.Done, _retention.Done), (TaskStatus.Failed, _retention.Failed), (TaskStatus.Canceled, _retention.Canceled)];
        foreach (var (status, kept) in kinds)
        {
            var gone = 0L;
            int bitten;
            do
            {
                bitten = await connection.DeleteOldAsync(status, now - kept, Bite, cancellationToken);
                gone += bitten;
            }
            while (bitten == Bite && leadership.Leads);

            if (gone > 0)
            {
                Log.Deleted(log, gone, status);
            }
        }

        var shortest = new[] { _retention.Done, _retention.Failed, _retention.Canceled }.Min();
        while (await connection.DeleteOldSessionsAsync(now - shortest, Bite, cancellationToken) == Bite)
        {
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "The tasks of {Month} are older than any that is kept, and were dropped")]
        public static partial void Dropped(ILogger log, string month);

        [LoggerMessage(LogLevel.Information, "{Count} tasks that were {Status} are older than those that are kept, and were deleted")]
        public static partial void Deleted(ILogger log, long count, string status);
    }
}
