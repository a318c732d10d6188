using Agents.ServiceDefaults.Loops;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Agents.Scheduler.Artifacts;

/// <summary>Removes uploads that were never finished, what is left of tasks that are no more, and what was dropped and is still there.</summary>
internal sealed partial class ArtifactSweep(
    NpgsqlDataSource postgres, ArtifactRetention retention, Removal removal, IOptions<WorkOptions> options, TimeProvider time, ILogger<ArtifactSweep> log)
    : Periodic(options.Value.ArtifactSweepEvery, time, log)
{
    private const int MostAtOnce = 500;

    /// <summary>No upload takes so long: whoever brought it is gone.</summary>
    private static readonly TimeSpan GivenUpAfter = TimeSpan.FromDays(1);

    private const string GiveUp = "UPDATE artifacts SET state = 2 WHERE id IN (SELECT id FROM artifacts WHERE state = 0 AND created_at < $1 ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED)";
    private const string Dropped = "SELECT id, store FROM artifacts WHERE state = 2 AND id > $1 ORDER BY id LIMIT $2";

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        await using (var giveUp = postgres.CreateCommand(GiveUp).With(Time.GetUtcNow() - GivenUpAfter).With(MostAtOnce))
        {
            await giveUp.ExecuteNonQueryAsync(cancellationToken);
        }

        await postgres.DropPackagesAsync(cancellationToken);
        await retention.DropOrphansAsync(cancellationToken);
        for (var after = Guid.Empty; ;)
        {
            await using var command = postgres.CreateCommand(Dropped).With(after).With(MostAtOnce);
            var dropped = await command.ListAsync(row => (row.GetGuid(0), row.GetString(1)), cancellationToken);
            foreach (var store in dropped.GroupBy(d => d.Item2))
            {
                await RemoveAsync(store.Key, [.. store], cancellationToken);
            }

            if (dropped.Count < MostAtOnce)
            {
                return;
            }

            after = dropped[^1].Item1;
        }
    }

    /// <summary>A store that is away keeps its own until the next round, and holds up no other.</summary>
    private async Task RemoveAsync(string store, IReadOnlyList<(Guid, string)> dropped, CancellationToken cancellationToken)
    {
        try
        {
            await removal.RemoveContentAsync(dropped, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Stays(log, dropped.Count, store, e.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Count} artifacts that nobody wants stay in {Store} until the next look: {Reason}")]
        public static partial void Stays(ILogger log, int count, string store, string reason);
    }
}
