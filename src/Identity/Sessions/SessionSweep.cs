using Agents.ServiceDefaults.Loops;
using Microsoft.EntityFrameworkCore;

namespace Agents.Identity.Sessions;

/// <summary>Removes what has ended by itself: sessions, counted failures, tickets, revocations.</summary>
internal sealed class SessionSweep(IServiceScopeFactory scopes, TimeProvider time, ILogger<SessionSweep> log)
    : Periodic(TimeSpan.FromMinutes(5), time, log)
{
    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        var now = Time.GetUtcNow();
        await db.Sessions.Where(s => s.ExpiresAt < now).ExecuteDeleteAsync(cancellationToken);
        await db.SignInFailures.Where(f => f.LastAt < now - LockOut.ForgottenAfter).ExecuteDeleteAsync(cancellationToken);
        await db.SocketTickets.Where(t => t.ExpiresAt < now).ExecuteDeleteAsync(cancellationToken);
        await db.Revocations.Where(r => r.ExpiresAt < now).ExecuteDeleteAsync(cancellationToken);
    }
}
