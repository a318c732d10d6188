namespace Agents.ServiceDefaults.Loops;

/// <summary>Work that is done again and again. One round that fails is logged, and the next one comes.</summary>
public abstract partial class Periodic(TimeSpan every, TimeProvider time, ILogger log) : BackgroundService
{
    protected TimeProvider Time { get; } = time;

    protected abstract Task RunAsync(CancellationToken cancellationToken);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(every, Time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Log.RoundFailed(log, e, GetType().Name);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A round of {Work} failed; the next one comes")]
        public static partial void RoundFailed(ILogger log, Exception exception, string work);
    }
}
