using Agents.Contracts.Identity;
using Agents.Identity.Users;
using Microsoft.EntityFrameworkCore;

namespace Agents.Identity.Tokens;

/// <summary>Writes the feed. Each call belongs into the transaction of what it tells of.</summary>
internal sealed class Revocations(IdentityDb db, TimeProvider time)
{
    public Task EndSessionAsync(string sessionId, CancellationToken cancellationToken) =>
        AddAsync(RevocationKind.Session, sessionId, 0, cancellationToken);

    /// <summary>Tokens so far end; sessions go on.</summary>
    public Task RaiseVersionAsync(User user, CancellationToken cancellationToken) =>
        AddAsync(RevocationKind.User, user.Id, ++user.Version, cancellationToken);

    /// <summary>Sessions, keys' tokens and all: the person is out everywhere.</summary>
    public async Task EndAllOfAsync(User user, CancellationToken cancellationToken)
    {
        await db.Sessions.Where(s => s.UserId == user.Id).ExecuteDeleteAsync(cancellationToken);
        await RaiseVersionAsync(user, cancellationToken);
    }

    private async Task AddAsync(RevocationKind kind, string subject, int version, CancellationToken cancellationToken)
    {
        var expiresAt = time.GetUtcNow() + AccessToken.Lifetime + AccessToken.Skew;
        await RevocationEntry.Feed.TakeTurnAsync(db, cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO revocations (seq, kind, subject, version, expires_at)
            VALUES (nextval('revocation_seq'), {(int)kind}, {subject}, {version}, {expiresAt})
            """,
            cancellationToken);
    }
}
