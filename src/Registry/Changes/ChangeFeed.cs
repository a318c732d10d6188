using Agents.Contracts.Registry;
using Agents.ServiceDefaults.Feeds;
using Microsoft.EntityFrameworkCore;

namespace Agents.Registry.Changes;

/// <summary>What changed of devices and agents, numbered, for those who keep some of it.</summary>
internal sealed class ChangeFeed(RegistryDb db, FeedSignal signal, TimeProvider time)
{
    private const int PageSize = 500;

    /// <summary>Saves what the context holds, and tells of it: both in one transaction, the caller's where there is one.</summary>
    public async Task SaveAsync(IReadOnlyCollection<Told> changes, CancellationToken cancellationToken)
    {
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancellationToken) : null;
        await db.SaveChangesAsync(cancellationToken);
        // Last, because everybody who changes anything waits here for everybody else.
        await ChangeEntry.Feed.TakeTurnAsync(db, cancellationToken);
        int[] kinds = [.. changes.Select(c => (int)c.Kind)];
        string[] ids = [.. changes.Select(c => c.Id)];
        int[] versions = [.. changes.Select(c => c.TokenVersion)];
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO changes (seq, kind, id, token_version, at)
            SELECT nextval('change_seq'), c.kind, c.id, c.version, {time.GetUtcNow()}
            FROM unnest({kinds}, {ids}, {versions}) WITH ORDINALITY AS c (kind, id, version, n)
            ORDER BY c.n
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
        var first = await db.Changes.MinAsync(c => (long?)c.Seq, cancellationToken);
        var last = await db.Changes.MaxAsync(c => (long?)c.Seq, cancellationToken);
        var saved = entries.Where(c => c.Kind is ChangeKind.AgentSaved).Select(c => c.Id).Distinct().ToList();
        var agents = saved.Count == 0
            ? []
            : await db.Agents.AsNoTracking().Where(a => saved.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.ToKnown(), cancellationToken);
        var savedDevices = entries.Where(c => c.Kind is ChangeKind.DeviceSaved).Select(c => c.Id).Distinct().ToList();
        var devices = savedDevices.Count == 0
            ? []
            : await db.Devices.AsNoTracking().Where(d => savedDevices.Contains(d.Id)).ToDictionaryAsync(d => d.Id, d => d.ToFacts(), cancellationToken);
        return new(
            last ?? 0,
            first ?? 1,
            [
                .. entries.Select(c => new Change(
                    c.Seq, c.Kind, c.Id, c.Kind is ChangeKind.AgentSaved ? agents.GetValueOrDefault(c.Id) : null, c.TokenVersion,
                    c.Kind is ChangeKind.DeviceSaved ? devices.GetValueOrDefault(c.Id) : null)),
            ]);
    }
}

/// <param name="TokenVersion">Where a token ended: older ones are no good.</param>
internal readonly record struct Told(ChangeKind Kind, string Id, int TokenVersion = 0);
