using Agents.Registry.Agents;
using Agents.Registry.Enrolment;
using Agents.ServiceDefaults.Loops;
using Microsoft.EntityFrameworkCore;

namespace Agents.Registry.Changes;

/// <summary>Forgets what nobody asks for any more: old changes, message ids and enrolment tokens.</summary>
internal sealed class ChangeSweep(IServiceScopeFactory scopes, TimeProvider time, ILogger<ChangeSweep> log)
    : Periodic(TimeSpan.FromMinutes(1), time, log)
{
    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RegistryDb>();
        var now = Time.GetUtcNow();
        // The newest stays: it says how far the feed has come.
        await db.Changes
            .Where(c => c.At < now - ChangeEntry.KeptFor && c.Seq < db.Changes.Max(newest => newest.Seq))
            .ExecuteDeleteAsync(cancellationToken);
        await db.SeenMessages.Where(m => m.At < now - SeenMessage.KeptFor).ExecuteDeleteAsync(cancellationToken);
        // As long as one is here, it is refused with the reason why.
        await db.EnrolmentTokens.Where(t => t.ExpiresAt < now - EnrolmentEntry.KeptFor).ExecuteDeleteAsync(cancellationToken);
    }
}
