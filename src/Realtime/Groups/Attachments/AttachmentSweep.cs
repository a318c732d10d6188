using Agents.ServiceDefaults.Loops;
using Microsoft.EntityFrameworkCore;

namespace Agents.Realtime.Groups.Attachments;

/// <summary>What was uploaded and never named by a message goes after a day.</summary>
internal sealed class AttachmentSweep(IServiceScopeFactory scopes, TimeProvider time, ILogger<AttachmentSweep> log) : Periodic(TimeSpan.FromMinutes(10), time, log)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var before = Time.GetUtcNow() - KeptFor;
        await scope.ServiceProvider.GetRequiredService<RealtimeDb>().Attachments
            .Where(attachment => attachment.EntryId == null && attachment.At < before)
            .ExecuteDeleteAsync(cancellationToken);
    }
}
