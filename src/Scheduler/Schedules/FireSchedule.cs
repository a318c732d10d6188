using Quartz;

namespace Agents.Scheduler.Schedules;

/// <summary>What Quartz calls when a time has come; the trigger's group is the schedule's id.</summary>
internal sealed partial class FireSchedule(Fires fires, ILogger<FireSchedule> log) : IJob
{
    public static readonly JobKey Key = new("fire");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        try
        {
            await fires.DueAsync(context.Trigger.Key.Group, waits: true, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Log.NotFired(log, e, context.Trigger.Key.Group);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The schedule {Id} could not be fired; it is tried again soon")]
        public static partial void NotFired(ILogger log, Exception exception, string id);
    }
}
