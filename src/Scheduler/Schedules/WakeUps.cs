using System.Globalization;
using System.Threading.Channels;
using Quartz;

namespace Agents.Scheduler.Schedules;

/// <summary>
/// Has Quartz wake us when a schedule's next time comes: a trigger for each time, which any replica may be woken by. Where Quartz is
/// away, or too much is asked of it, nothing is lost: <see cref="ForgottenTimes"/> looks at the schedules themselves. A trigger is
/// never used for a second time: Quartz, which clears it away when it has fired, would take the second time along.
/// </summary>
internal sealed partial class WakeUps(ISchedulerFactory quartz, TimeProvider time, ILogger<WakeUps> log) : BackgroundService
{
    private const int MaxWaiting = 10_000;

    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PauseBeforeAgain = TimeSpan.FromSeconds(1);

    private readonly Channel<WakeUp> _waiting = Channel.CreateBounded<WakeUp>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });

    /// <summary>Quartz took what it was asked for last.</summary>
    public bool Works { get; private set; } = true;

    /// <summary>It is another schedule from now on: what was asked for it before holds no longer.</summary>
    /// <param name="at">Null: never again.</param>
    public void Set(string schedule, DateTimeOffset? at) => _waiting.Writer.TryWrite(new(schedule, at, Anew: true));

    /// <summary>One time of it is over, and this is the next.</summary>
    public void Next(string schedule, DateTimeOffset? at) => _waiting.Writer.TryWrite(new(schedule, at, Anew: false));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (await StartedAsync(stoppingToken) is not { } scheduler)
        {
            return;
        }

        try
        {
            await foreach (var wakeUp in _waiting.Reader.ReadAllAsync(stoppingToken))
            {
                if (!await TrySetAsync(scheduler, wakeUp, stoppingToken))
                {
                    // Should it come after a newer one for the same schedule, we are woken for nothing, or late, once.
                    _waiting.Writer.TryWrite(wakeUp);
                    await Task.Delay(PauseBeforeAgain, time, stoppingToken);
                }
            }
        }
        finally
        {
            await scheduler.Shutdown(waitForJobsToComplete: false, CancellationToken.None);
        }
    }

    private async Task<IScheduler?> StartedAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var scheduler = await quartz.GetScheduler(stoppingToken);
                await scheduler.AddJob(JobBuilder.Create<FireSchedule>().WithIdentity(FireSchedule.Key).StoreDurably().Build(), AddJobOptions.Replacing, stoppingToken);
                await scheduler.Start(stoppingToken);
                Works = true;
                return scheduler;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Works = false;
                Log.NotStarted(log, e.Message);
                await Task.Delay(PauseAfterFailure, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        return null;
    }

    /// <summary>False where Quartz could not write it down; what it refuses for another reason it would refuse again.</summary>
    private async Task<bool> TrySetAsync(IScheduler scheduler, WakeUp wakeUp, CancellationToken stoppingToken)
    {
        try
        {
            if (wakeUp.Anew)
            {
                await scheduler.UnscheduleJobs(GroupMatcher<TriggerKey>.GroupEquals(wakeUp.Schedule), stoppingToken);
            }

            if (wakeUp.At is { } at)
            {
                var key = new TriggerKey(at.ToString("O", CultureInfo.InvariantCulture), wakeUp.Schedule);
                await scheduler.ScheduleJob(TriggerBuilder.Create(time).WithIdentity(key).ForJob(FireSchedule.Key).StartAt(at).Build(), cancellationToken: stoppingToken);
            }

            Works = true;
            return true;
        }
        catch (ObjectAlreadyExistsException)
        {
            // Another replica was as quick, or it fires just now.
            return Works = true;
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            var isAway = e is JobPersistenceException;
            if (Works || !isAway)
            {
                Log.NotSet(log, wakeUp.Schedule, e.Message);
            }

            Works = Works && !isAway;
            return !isAway;
        }
    }

    private sealed record WakeUp(string Schedule, DateTimeOffset? At, bool Anew);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Quartz cannot be started; schedules go by a slower clock until it can: {Reason}")]
        public static partial void NotStarted(ILogger log, string reason);

        [LoggerMessage(LogLevel.Warning, "Quartz was not told when {Schedule} is due; it goes by a slower clock: {Reason}")]
        public static partial void NotSet(ILogger log, string schedule, string reason);
    }
}
