using Agents.ServiceDefaults.Data;
using Microsoft.EntityFrameworkCore;

namespace Agents.ServiceDefaults.Idempotency;

/// <summary>Forgets answers after their day.</summary>
internal sealed partial class IdempotencySweep(IServiceScopeFactory scopes, TimeProvider time, ILogger<IdempotencySweep> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var before = time.GetUtcNow() - IdempotentAnswer.KeptFor;
                await scope.ServiceProvider.GetRequiredService<ServiceDb>().IdempotentAnswers
                    .Where(answer => answer.At < before)
                    .ExecuteDeleteAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Failed(log, e);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Old idempotent answers could not be removed; trying again later")]
        public static partial void Failed(ILogger log, Exception exception);
    }
}
