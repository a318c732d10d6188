using Agents.Contracts.Scheduler;
using Agents.Scheduler.Attempts;
using Agents.Scheduler.Dispatch;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Agents.Scheduler.Handovers;

/// <summary>
/// Cancels what was handed over by tasks that were canceled or failed: nobody waits for it any more. What a task that got done
/// has handed over goes on. What a crash leaves behind is found by the leader's sweep.
/// </summary>
internal sealed partial class HandoverEnds(
    NpgsqlDataSource postgres, HandoversToSee toSee, Leadership leadership, Aftermath aftermath, Delivery delivery, IOptions<WorkOptions> options, TimeProvider time,
    ILogger<HandoverEnds> log) : BackgroundService
{
    private const int MostAtOnce = 500;

    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var sweptAt = time.GetTimestamp();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var ended = await toSee.WaitAsync(MostAtOnce, SweepEvery, time, stoppingToken);
                if (leadership.Leads && time.GetElapsedTime(sweptAt) > SweepEvery)
                {
                    sweptAt = time.GetTimestamp();
                    ended.UnionWith(await postgres.ForgottenParentsAsync(MostAtOnce, stoppingToken));
                }

                if (ended.Count > 0)
                {
                    await CancelAsync([.. ended], stoppingToken);
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Log.RoundFailed(log, e.Message);
            }
        }
    }

    private async Task CancelAsync(Guid[] parents, CancellationToken stoppingToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        limit.CancelAfter(Limit);
        await using var connection = await postgres.OpenConnectionAsync(limit.Token);
        var open = await connection.OpenHandoversAsync(parents, limit.Token);
        if (open.Count == 0)
        {
            return;
        }

        var canceled = await connection.EndAsync(
            [.. open.Select(task => new Ending(task, null, null, TaskStatus.Canceled, ErrorKind: TaskErrorKind.Canceled, Error: "The task that handed it over has ended without it.", Lingers: true))],
            options.Value.Lease, limit.Token);
        // Those may have handed on in their turn: the same look is taken at them.
        aftermath.HaveEnded(canceled, lingers: true);
        foreach (var held in canceled.Where(each => each.WasHeld))
        {
            delivery.Cancel(held.Attempt.Holder, held.Attempt.Task, held.Attempt.Number, CancelTaskRequest.DefaultGrace);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A round of looks at what was handed over failed; the sweep comes back to it: {Reason}")]
        public static partial void RoundFailed(ILogger log, string reason);
    }
}
