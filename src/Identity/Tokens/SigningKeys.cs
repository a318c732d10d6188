using System.Security.Cryptography;
using Agents.ServiceDefaults.Secrets;
using Microsoft.EntityFrameworkCore;

namespace Agents.Identity.Tokens;

/// <summary>The key that signs now. A new one is made when the old has signed for its time; replicas agree by the database.</summary>
internal sealed class SigningKeys(IServiceScopeFactory scopes, MasterKey master, TimeProvider time)
{
    /// <summary>Any number that nothing else in this database locks.</summary>
    private const long LockKey = 243689;

    /// <summary>How often a replica looks whether another has made a newer key.</summary>
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim _looking = new(1, 1);
    private volatile Signer? _current;

    internal sealed record Signer(string KeyId, ECDsa Key, DateTimeOffset SignsUntil, DateTimeOffset LookAgainAt);

    public async ValueTask<Signer> CurrentAsync(CancellationToken cancellationToken)
    {
        if (IsGood(_current))
        {
            return _current!;
        }

        await _looking.WaitAsync(cancellationToken);
        try
        {
            return IsGood(_current) ? _current! : _current = await LookAsync(cancellationToken);
        }
        finally
        {
            _looking.Release();
        }
    }

    private bool IsGood(Signer? signer) => signer is not null && time.GetUtcNow() is var now && now < signer.SignsUntil && now < signer.LookAgainAt;

    private async Task<Signer> LookAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({LockKey})", cancellationToken);

        var now = time.GetUtcNow();
        var key = await db.SigningKeys.AsNoTracking().OrderByDescending(k => k.CreatedAt).FirstOrDefaultAsync(cancellationToken);
        if (key is null || key.SignsUntil <= now)
        {
            key = SigningKey.Create(master, time);
            db.SigningKeys.Add(key);
            await db.SigningKeys.Where(k => k.CreatedAt < SigningKey.OldestPublished(now)).ExecuteDeleteAsync(cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        try
        {
            return new(key.Id, key.Open(master), key.SignsUntil, now + LookAgainAfter);
        }
        catch (CryptographicException e)
        {
            throw new InvalidOperationException(
                "AGENTS_MASTER_KEY does not open the signing key in the database: set the key that this installation was made with.", e);
        }
    }
}
