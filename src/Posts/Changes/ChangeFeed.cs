using Agents.Contracts.Posts;
using Agents.ServiceDefaults.Feeds;
using Microsoft.EntityFrameworkCore;

namespace Agents.Posts.Changes;

/// <summary>Which posts came, changed and went, numbered, for those who keep some of it.</summary>
internal sealed class ChangeFeed(PostsDb db, FeedSignal signal, TimeProvider time)
{
    private const int PageSize = 500;

    /// <summary>Saves what the context holds, and tells of it: both in one transaction, the caller's where there is one.</summary>
    public async Task SaveAsync(PostChangeKind kind, string id, CancellationToken cancellationToken)
    {
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancellationToken) : null;
        await db.SaveChangesAsync(cancellationToken);
        // Last, because everybody who changes anything waits here for everybody else.
        await ChangeEntry.Feed.TakeTurnAsync(db, cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO changes (seq, kind, id, at) VALUES (nextval('change_seq'), {(int)kind}, {id}, {time.GetUtcNow()})", cancellationToken);
        if (own is not null)
        {
            await own.CommitAsync(cancellationToken);
        }
    }

    public Task<PostChangePage> GetAsync(long after, TimeSpan wait, CancellationToken cancellationToken) =>
        signal.PollAsync(token => ReadAsync(after, token), page => page.Items.Count > 0 || page.Last < after, wait, cancellationToken);

    private async Task<PostChangePage> ReadAsync(long after, CancellationToken cancellationToken)
    {
        // The entries first: what is committed in between then makes the bounds too wide, never too narrow.
        var entries = await db.Changes.AsNoTracking().Where(c => c.Seq > after).OrderBy(c => c.Seq).Take(PageSize).ToListAsync(cancellationToken);
        var first = await db.Changes.MinAsync(c => (long?)c.Seq, cancellationToken);
        var last = await db.Changes.MaxAsync(c => (long?)c.Seq, cancellationToken);
        string[] saved = [.. entries.Where(c => c.Kind is PostChangeKind.PostSaved).Select(c => c.Id).Distinct()];
        var budgets = await db.BudgetsAsync(saved, cancellationToken);
        return new(last ?? 0, first ?? 1, [.. entries.Select(c => new PostChange(c.Seq, c.Kind, c.Id, budgets.GetValueOrDefault(c.Id)))]);
    }
}
