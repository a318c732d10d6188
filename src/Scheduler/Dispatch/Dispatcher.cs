using Agents.Scheduler.Attempts;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Agents.Scheduler.Dispatch;

/// <summary>
/// Gives queued tasks to agents, where this replica leads. Woken by what changes: a submit, a place that is free, somebody
/// who has come. Once a second it looks whether there was something that nobody told of.
/// </summary>
internal sealed partial class Dispatcher(
    NpgsqlDataSource postgres, Leadership leadership, Queues queues, Fleet fleet, Lanes lanes, Delivery delivery, DispatchBell bell, AskedFor asked,
    IEnumerable<Colleagues> colleagues, IOptions<WorkOptions> options,
    TimeProvider time, ILogger<Dispatcher> log) : BackgroundService
{
    private const int MostRefills = 64;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan DoubtEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StatementLimit = TimeSpan.FromSeconds(10);

    private long? _epoch;
    private long _lookedAt;
    private long _doubtedAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        fleet.Changed += () =>
        {
            queues.FleetChanged();
            bell.Ring();
        };
        leadership.Began += bell.Ring;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await bell.WaitAsync(LookEvery, stoppingToken);
                while (leadership.Leads && leadership.Epoch is { } epoch && await RoundAsync(epoch, stoppingToken))
                {
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // Whether something was claimed isn't known: all is read anew.
                _epoch = null;
                Log.RoundFailed(log, e.Message);
                await Task.Delay(LookEvery, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>True where there may be more to do at once.</summary>
    private async Task<bool> RoundAsync(long epoch, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StatementLimit);
        if (_epoch != epoch || time.GetElapsedTime(_lookedAt) > LookEvery)
        {
            await LookAsync(epoch, limit.Token);
        }

        // Before the choice: who asks waits for the answer.
        await asked.GiveAsync(epoch, limit.Token);
        if (queues.Unknown() is { Length: > 0 } unknown)
        {
            await lanes.LearnAsync(unknown, limit.Token);
        }

        if (queues.BeginRefills(MostRefills) is { Length: > 0 } wanted)
        {
            queues.Refill(wanted, await postgres.HeadsAsync(wanted, options.Value.LaneHeads, limit.Token));
        }

        var picks = queues.Choose(options.Value.MostAssigned);
        if (picks.Count == 0)
        {
            return false;
        }

        var claimed = await postgres.ClaimAsync(epoch, picks, limit.Token);
        queues.Settle(picks, claimed.Select(c => (c.Id, c.Attempt)));
        await delivery.SendAsync(claimed, cancellationToken);
        if (claimed.Count == 0 && !leadership.Leads)
        {
            return false;
        }

        return true;
    }

    private async Task LookAsync(long epoch, CancellationToken cancellationToken)
    {
        queues.BeginReading();
        var full = await postgres.FullLanesAsync(cancellationToken);
        await lanes.LearnAsync(full, cancellationToken);
        var taken = await postgres.TakenAsync(cancellationToken);
        fleet.HoldersAre(await postgres.AllHereAsync(cancellationToken));
        if (_epoch == epoch)
        {
            queues.Reconcile(full, taken);
        }
        else
        {
            queues.Begin(full, taken);
            _epoch = epoch;
        }

        if (colleagues.Any() && time.GetElapsedTime(_doubtedAt) > DoubtEvery)
        {
            queues.DoubtAll();
            _doubtedAt = time.GetTimestamp();
        }

        _lookedAt = time.GetTimestamp();
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A round of dispatch failed; all is read anew: {Reason}")]
        public static partial void RoundFailed(ILogger log, string reason);
    }
}
