using Agents.ServiceDefaults.Loops;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Agents.Scheduler.Schedules;

/// <summary>Fires what is due and was not: Quartz was away, or the one that it woke died of it.</summary>
internal sealed partial class ForgottenTimes(IServiceScopeFactory scopes, TimeProvider time, IOptions<ScheduleOptions> options, ILogger<ForgottenTimes> log)
    : Periodic(options.Value.Sweep, time, log)
{
    private const int MostInOne = 500;

    private static readonly TimeSpan Late = TimeSpan.FromSeconds(1);

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var id in await FindAsync(cancellationToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<Fires>().DueAsync(id, waits: false, cancellationToken);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                Log.NotFired(log, e, id);
            }
        }
    }

    private async Task<List<string>> FindAsync(CancellationToken cancellationToken)
    {
        var before = Time.GetUtcNow() - Late;
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<SchedulerDb>().Schedules
            .Where(s => s.NextAt <= before).OrderBy(s => s.NextAt).Select(s => s.Id).Take(MostInOne).ToListAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The schedule {Id} could not be fired; it is tried again soon")]
        public static partial void NotFired(ILogger log, Exception exception, string id);
    }
}
