using Agents.Contracts.Scheduler;
using Agents.Scheduler.Dispatch;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Agents.Scheduler.Attempts;

/// <summary>
/// C8 of docs/protocol.md: lets go on what waited for tasks that have ended, or ends it with them. What a crash leaves
/// behind is found by the leader's sweep.
/// </summary>
internal sealed partial class Releases(
    NpgsqlDataSource postgres, EndedToSee toSee, Leadership leadership, Aftermath aftermath, DueBell due, IOptions<WorkOptions> options, TimeProvider time,
    ILogger<Releases> log) : BackgroundService
{
    private const int MostInOne = 500;

    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var sweptAt = time.GetTimestamp();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var ended = await toSee.WaitAsync(MostInOne, SweepEvery, time, stoppingToken);
                if (leadership.Leads && time.GetElapsedTime(sweptAt) > SweepEvery)
                {
                    sweptAt = time.GetTimestamp();
                    ended.UnionWith(await postgres.ForgottenAsync(MostInOne, stoppingToken));
                }

                if (ended.Count > 0)
                {
                    await ReleaseAsync([.. ended], stoppingToken);
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Log.RoundFailed(log, e.Message);
            }
        }
    }

    /// <summary>One that fails with what it waited for is waited for in its turn, and seen to by the next round.</summary>
    private async Task ReleaseAsync(Guid[] ended, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        await using var connection = await postgres.OpenConnectionAsync(limit.Token);
        await using var transaction = await connection.BeginTransactionAsync(limit.Token);
        var released = await connection.ReleaseAsync(ended, limit.Token);
        var failed = await connection.EndAsync(
            [.. released.Where(r => r.Fails).Select(r => new Ending(
                r.Task, null, null, TaskStatus.Failed, ErrorKind: TaskErrorKind.DependencyFailed, Error: "A task that it depends on did not get done."))],
            options.Value.Lease, limit.Token);
        await transaction.CommitAsync(limit.Token);

        aftermath.HaveEnded(failed);
        if (released.Count > failed.Count)
        {
            aftermath.AreQueued([.. released.Where(r => r is { IsQueued: true, Fails: false }).Select(r => (r.Lane, r.Rank, r.Task))]);
            due.Ring();
            aftermath.Happened();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A round of releases failed; the sweep comes back to it: {Reason}")]
        public static partial void RoundFailed(ILogger log, string reason);
    }
}
