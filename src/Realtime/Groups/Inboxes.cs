using Agents.Contracts.Realtime.Groups;
using Microsoft.EntityFrameworkCore;

namespace Agents.Realtime.Groups;

/// <summary>Mentions, until who was meant has seen them.</summary>
internal sealed class Inboxes(IServiceScopeFactory scopes, TimeProvider time)
{
    /// <returns>How many were new to it.</returns>
    public async Task<int> AcknowledgeAsync(string owner, IReadOnlyList<string>? ids, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RealtimeDb>();
        var now = time.GetUtcNow();
        Guid[]? some = ids is null ? null : [.. ids.Select(id => Guid.TryParse(id, out var one) ? one : Guid.Empty)];
        return await db.Inbox
            .Where(row => row.Owner == owner && row.ReadAt == null && (some == null || some.Contains(row.Id)))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ReadAt, now), cancellationToken);
    }

    /// <summary>The newest first.</summary>
    public async Task<(List<InboxEntry> Items, long Total)> ListAsync(string owner, bool unread, int skip, int take, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RealtimeDb>();
        var rows = from row in db.Inbox.AsNoTracking()
                   join entry in db.Entries on new { row.GroupId, row.Seq } equals new { entry.GroupId, entry.Seq }
                   where row.Owner == owner && entry.DeletedAt == null && (!unread || row.ReadAt == null)
                   orderby row.Id descending
                   select new { row, entry };
        var total = await rows.Take((int)Contracts.ListOf<InboxEntry>.Cap + 1).LongCountAsync(cancellationToken);
        var page = await rows.Skip(skip).Take(take).ToListAsync(cancellationToken);
        return ([.. page.Select(found => ToWire(found.row, found.entry.ToWire()))], total);
    }

    private static InboxEntry ToWire(Log.InboxRow row, GroupEntry entry) => new(
        entry.Id, entry.GroupId, entry.Seq, entry.From, entry.FromId, entry.FromKind, entry.Content, entry.Timestamp, row.ReadAt is not null, row.ReadAt);
}
