using System.Collections.Concurrent;
using Agents.Contracts.Identity;
using Agents.ServiceDefaults.Auth;

namespace Agents.ServiceDefaults.Revocations;

/// <summary>What Identity's feed has told so far. Bounded: an entry goes when the last token it concerns has ended.</summary>
public sealed class RevokedTokens(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _sessions = new();
    private readonly ConcurrentDictionary<string, (int Version, DateTimeOffset ExpiresAt)> _users = new();
    private readonly TaskCompletionSource _known = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private static readonly TimeSpan FirstReadLimit = TimeSpan.FromSeconds(5);

    private readonly long _startedAt = time.GetTimestamp();

    /// <summary>Raised after an entry came in, so that open sockets can be cut.</summary>
    public event Action<Revocation>? Revoked;

    /// <summary>The number up to which the feed was read.</summary>
    public long Last { get; private set; }

    /// <summary>
    /// Waits for the feed's first page, until which nobody knows whether a token was revoked: for a moment after the start,
    /// and later not at all, since then it is known that Identity is down.
    /// </summary>
    /// <exception cref="KeysUnknownException">The feed could not be read yet.</exception>
    public async ValueTask<bool> ContainsAsync(AccessClaims claims, CancellationToken cancellationToken)
    {
        if (!_known.Task.IsCompleted)
        {
            try
            {
                var left = FirstReadLimit - time.GetElapsedTime(_startedAt);
                await _known.Task.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, cancellationToken);
            }
            catch (TimeoutException e)
            {
                throw new KeysUnknownException(e);
            }
        }

        return _sessions.ContainsKey(claims.Sid) || (_users.TryGetValue(claims.Sub, out var user) && claims.Ver < user.Version);
    }

    internal void Take(RevocationPage page)
    {
        foreach (var revocation in page.Items)
        {
            if (revocation.Kind is RevocationKind.Session)
            {
                _sessions[revocation.Subject] = revocation.ExpiresAt;
            }
            else
            {
                _users.AddOrUpdate(
                    revocation.Subject,
                    (revocation.Version, revocation.ExpiresAt),
                    (_, old) => (Math.Max(old.Version, revocation.Version), Later(old.ExpiresAt, revocation.ExpiresAt)));
            }

            Revoked?.Invoke(revocation);
        }

        // A smaller number than ours means that the feed began anew, and so do we.
        Last = page.Items.Count > 0 ? page.Items[^1].Seq : Math.Min(Last, page.Last);
        Forget();
        _known.TrySetResult();
    }

    private void Forget()
    {
        var now = time.GetUtcNow();
        foreach (var (session, expiresAt) in _sessions)
        {
            if (expiresAt < now)
            {
                _sessions.TryRemove(session, out _);
            }
        }

        foreach (var (user, entry) in _users)
        {
            if (entry.ExpiresAt < now)
            {
                _users.TryRemove(user, out _);
            }
        }
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
