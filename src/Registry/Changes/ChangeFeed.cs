using Agents.Contracts.Registry;
using Agents.ServiceDefaults.Feeds;
using Microsoft.EntityFrameworkCore;

namespace Agents.Registry.Changes;

/// <summary>What changed of devices and agents, numbered, for those who keep some of it.</summary>
internal sealed class ChangeFeed(RegistryDb db, FeedSignal signal, TimeProvider time)
{
    private const int PageSize = 500;

    /// <summary>Saves what the context holds, and tells of it: both in one transaction, the caller's where there is one.</summary>
    public async Task SaveAsync(IReadOnlyCollection<(ChangeKind Kind, string Id)> changes, CancellationToken cancellationToken)
    {
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancellationToken) : null;
        await db.SaveChangesAsync(cancellationToken);
        // Last, because everybody who changes anything waits here for everybody else.
        await ChangeEntry.Feed.TakeTurnAsync(db, cancellationToken);
        int[] kinds = [.. changes.Select(c => (int)c.Kind)];
        string[] ids = [.. changes.Select(c => c.Id)];
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO changes (seq, kind, id, at)
            SELECT nextval('change_seq'), c.kind, c.id, {time.GetUtcNow()} FROM unnest({kinds}, {ids}) WITH ORDINALITY AS c (kind, id, n) ORDER BY c.n
            """,
            cancellationToken);
        if (own is not null)
        {
            await own.CommitAsync(cancellationToken);
        }
    }

    public Task<ChangePage> GetAsync(long after, TimeSpan wait, CancellationToken cancellationToken) =>
        signal.PollAsync(token => ReadAsync(after, token), page => page.Items.Count > 0 || page.Last < after, wait, cancellationToken);

    private async Task<ChangePage> ReadAsync(long after, CancellationToken cancellationToken)
    {
        // The entries first: what is committed in between then makes the bounds too wide, never too narrow.
        var entries = await db.Changes.AsNoTracking().Where(c => c.Seq > after).OrderBy(c => c.Seq).Take(PageSize).ToListAsync(cancellationToken);
        var bounds = await db.Changes.GroupBy(_ => 1).Select(all => new { First = all.Min(c => c.Seq), Last = all.Max(c => c.Seq) })
            .SingleOrDefaultAsync(cancellationToken);
        var agents = await AgentsAsync(entries, cancellationToken);
        var tokens = await DeviceTokensAsync(entries, cancellationToken);
        return new(
            bounds?.Last ?? 0,
            bounds?.First ?? 1,
            [
                .. entries.Select(c => c.Kind switch
                {
                    ChangeKind.AgentSaved => new Change(c.Seq, c.Kind, c.Id, agents.GetValueOrDefault(c.Id)),
                    ChangeKind.AgentTokenChanged => new Change(c.Seq, c.Kind, c.Id, TokenId: agents.GetValueOrDefault(c.Id)?.TokenId),
                    ChangeKind.DeviceTokenChanged => new Change(c.Seq, c.Kind, c.Id, TokenId: tokens.GetValueOrDefault(c.Id)),
                    _ => new Change(c.Seq, c.Kind, c.Id),
                }),
            ]);
    }

    /// <summary>As they are now: what came in between is told again by its own entry.</summary>
    private async Task<Dictionary<string, KnownAgent>> AgentsAsync(List<ChangeEntry> entries, CancellationToken cancellationToken)
    {
        var ids = IdsOf(entries, ChangeKind.AgentSaved, ChangeKind.AgentTokenChanged);
        return ids.Count == 0
            ? []
            : await db.Agents.AsNoTracking().Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.ToKnown(), cancellationToken);
    }

    private async Task<Dictionary<string, string>> DeviceTokensAsync(List<ChangeEntry> entries, CancellationToken cancellationToken)
    {
        var ids = IdsOf(entries, ChangeKind.DeviceTokenChanged);
        return ids.Count == 0
            ? []
            : await db.Devices.AsNoTracking().Where(d => ids.Contains(d.Id)).Select(d => new { d.Id, d.TokenHash })
                .ToDictionaryAsync(d => d.Id, d => TokenName.Of(d.TokenHash), cancellationToken);
    }

    private static List<string> IdsOf(List<ChangeEntry> entries, params ChangeKind[] kinds) =>
        [.. entries.Where(c => kinds.Contains(c.Kind)).Select(c => c.Id).Distinct()];
}
