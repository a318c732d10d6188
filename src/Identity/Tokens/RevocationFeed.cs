using Agents.Contracts.Identity;
using Microsoft.EntityFrameworkCore;

namespace Agents.Identity.Tokens;

/// <summary>Reads the feed and the keys, for the other services and for Identity itself.</summary>
internal sealed class RevocationFeed(IServiceScopeFactory scopes, RevocationSignal signal, SigningKeys keys, TimeProvider time)
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

    public async Task<RevocationPage> GetAsync(long after, TimeSpan wait, CancellationToken cancellationToken)
    {
        var until = time.GetUtcNow() + wait;
        while (true)
        {
            var next = signal.Next;
            var page = await ReadAsync(after, cancellationToken);
            var left = until - time.GetUtcNow();
            if (page.Items.Count > 0 || page.Last < after || left <= TimeSpan.Zero)
            {
                return page;
            }

            try
            {
                await next.WaitAsync(left, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                return page;
            }
        }
    }

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
