using System.Threading.Channels;
using Agents.Contracts.Scheduler;
using Agents.Scheduler.Dispatch;
using Agents.Scheduler.Events;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Agents.Scheduler.Attempts;

/// <summary>
/// C8 of docs/protocol.md: lets go on what waited for tasks that have ended, or ends it with them. What a crash leaves
/// behind is found by the leader's sweep.
/// </summary>
internal sealed partial class Releases(
    NpgsqlDataSource postgres, Leadership leadership, Queues queues, DispatchBell dispatch, DueBell due, EventSignal events, IOptions<WorkOptions> options,
    TimeProvider time, ILogger<Releases> log) : BackgroundService
{
    private const int MaxWaiting = 50_000;
    private const int MostInOne = 500;

    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly Channel<Guid> _ended = Channel.CreateBounded<Guid>(new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>When too much waits it is left to the sweep.</summary>
    public void Ended(IEnumerable<Guid> tasks)
    {
        foreach (var task in tasks)
        {
            _ended.Writer.TryWrite(task);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var sweptAt = time.GetTimestamp();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                List<Guid> ended = [];
                await WaitAsync(stoppingToken);
                while (ended.Count < MostInOne && _ended.Reader.TryRead(out var id))
                {
                    ended.Add(id);
                }

                if (leadership.Leads && time.GetElapsedTime(sweptAt) > SweepEvery)
                {
                    sweptAt = time.GetTimestamp();
                    ended.AddRange(await postgres.ForgottenAsync(MostInOne, stoppingToken));
                }

                await ReleaseAsync(ended, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Log.RoundFailed(log, e.Message);
            }
        }
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _ended.Reader.WaitToReadAsync(cancellationToken).AsTask().WaitAsync(SweepEvery, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Time for the sweep.
        }
    }

    /// <summary>One that fails with what it waited for is waited for in its turn.</summary>
    private async Task ReleaseAsync(IReadOnlyCollection<Guid> ended, CancellationToken cancellationToken)
    {
        while (ended.Count > 0)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(Limit);
            await using var connection = await postgres.OpenConnectionAsync(limit.Token);
            await using var transaction = await connection.BeginTransactionAsync(limit.Token);
            var released = await connection.ReleaseAsync([.. ended], limit.Token);
            var failed = await connection.EndAsync(
                [.. released.Where(r => r.Fails).Select(r => new Ending(
                    r.Task, null, null, TaskStatus.Failed, ErrorKind: TaskErrorKind.DependencyFailed, Error: "A task that it depends on did not get done."))],
                options.Value.Lease, limit.Token);
            await transaction.CommitAsync(limit.Token);

            queues.Queued(released.Where(r => r is { IsQueued: true, Fails: false }).Select(r => (r.Lane, r.Rank, r.Task)));
            if (released.Count > 0)
            {
                dispatch.Ring();
                due.Ring();
                events.Raise();
            }

            ended = [.. failed.Where(f => f.Depended).Select(f => f.Attempt.Task)];
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A round of releases failed; the sweep comes back to it: {Reason}")]
        public static partial void RoundFailed(ILogger log, string reason);
    }
}
