using Agents.Contracts.Identity;
using Agents.ServiceDefaults.Feeds;
using Microsoft.EntityFrameworkCore;

namespace Agents.Identity.Tokens;

/// <summary>Reads the feed and the keys, for the other services and for Identity itself.</summary>
internal sealed class RevocationFeed(IServiceScopeFactory scopes, FeedSignal signal, SigningKeys keys, TimeProvider time)
{
    private const int PageSize = 1_000;

    public async Task<KeySet> GetKeysAsync(CancellationToken cancellationToken)
    {
        // There is one from the first question on, and a token that names it can't have been earlier.
        await keys.CurrentAsync(cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        var oldest = SigningKey.OldestPublished(time.GetUtcNow());
        var published = await scope.ServiceProvider.GetRequiredService<IdentityDb>().SigningKeys.AsNoTracking()
            .Where(k => k.CreatedAt >= oldest)
            .OrderBy(k => k.CreatedAt)
            .ToListAsync(cancellationToken);
        return new([.. published.Select(k => k.ToPublicKey())]);
    }

    public Task<RevocationPage> GetAsync(long after, TimeSpan wait, CancellationToken cancellationToken) =>
        signal.PollAsync(token => ReadAsync(after, token), page => page.Items.Count > 0 || page.Last < after, wait, cancellationToken);

    private async Task<RevocationPage> ReadAsync(long after, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        var now = time.GetUtcNow();
        var items = await db.Revocations.AsNoTracking()
            .Where(r => r.Seq > after && r.ExpiresAt > now)
            .OrderBy(r => r.Seq)
            .Take(PageSize)
            .ToListAsync(cancellationToken);
        var last = await db.Database.SqlQuery<long>($"SELECT last_value AS \"Value\" FROM revocation_seq").SingleAsync(cancellationToken);
        return new(last, [.. items.Select(r => r.ToWire())]);
    }
}
