using Microsoft.EntityFrameworkCore;

namespace Agents.Identity.Sessions;

/// <summary>Removes what has ended by itself: sessions, counted failures, tickets, revocations, used-up keys.</summary>
internal sealed partial class SessionSweep(IServiceScopeFactory scopes, TimeProvider time, ILogger<SessionSweep> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Failed(log, e);
            }
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        var now = time.GetUtcNow();
        await db.Sessions.Where(s => s.ExpiresAt < now).ExecuteDeleteAsync(cancellationToken);
        await db.SignInFailures.Where(f => f.LastAt < now - LockOut.ForgottenAfter).ExecuteDeleteAsync(cancellationToken);
        await db.SocketTickets.Where(t => t.ExpiresAt < now).ExecuteDeleteAsync(cancellationToken);
        await db.Revocations.Where(r => r.ExpiresAt < now).ExecuteDeleteAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "What has ended could not be removed; trying again later")]
        public static partial void Failed(ILogger log, Exception exception);
    }
}
