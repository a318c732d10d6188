using Agents.ServiceDefaults.Loops;
using Microsoft.EntityFrameworkCore;

namespace Agents.Posts.Changes;

/// <summary>Forgets changes that everybody has read long ago.</summary>
internal sealed class ChangeSweep(IServiceScopeFactory scopes, TimeProvider time, ILogger<ChangeSweep> log)
    : Periodic(TimeSpan.FromMinutes(1), time, log)
{
    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PostsDb>();
        var before = Time.GetUtcNow() - ChangeEntry.KeptFor;
        // The newest stays: it says how far the feed has come.
        await db.Changes.Where(c => c.At < before && c.Seq < db.Changes.Max(newest => newest.Seq)).ExecuteDeleteAsync(cancellationToken);
    }
}
