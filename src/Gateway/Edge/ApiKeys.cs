using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using Agents.Contracts.Identity;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Secrets;
using Refit;

namespace Agents.Gateway.Edge;

/// <summary>
/// Trades API keys for access tokens at Identity. An answer is kept by the key's hash until shortly before the token
/// ends; that there is no such key is kept for some seconds. Many requests with one key ask once.
/// </summary>
internal sealed class ApiKeys(IIdentityInternal identity, TokenVerifier verifier, TimeProvider time)
{
    private const int MaxKept = 10_000;

    private static readonly TimeSpan NoIsKeptFor = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<UInt128, Answer> _kept = new();
    private readonly Lock _asking = new();

    public bool Knows(string key) => _kept.TryGetValue(HashOf(key), out var answer) && !IsOver(answer);

    /// <summary>The token and whose it is, or null where the key is no good.</summary>
    public async ValueTask<(string Token, AccessClaims Claims)?> ExchangeAsync(string key, CancellationToken cancellationToken)
    {
        var hash = HashOf(key);
        for (var attempt = 1; ; attempt++)
        {
            var answer = Ask(hash, key);
            // The answer serves all who wait for it, so one of them giving up must not end it.
            if (await answer.Asked.WaitAsync(cancellationToken) is not { } exchanged)
            {
                return null;
            }

            if (await verifier.VerifyAsync(exchanged.AccessToken, cancellationToken) is { } claims)
            {
                return (exchanged.AccessToken, claims);
            }

            // Revoked: the key may be gone, or its owner has other roles now. A fresh answer says which.
            _kept.TryRemove(new(hash, answer));
            if (attempt == 2)
            {
                return null;
            }
        }
    }

    private static UInt128 HashOf(string key) => BinaryPrimitives.ReadUInt128LittleEndian(Opaque.Hash(key));

    private Answer Ask(UInt128 hash, string key)
    {
        if (_kept.TryGetValue(hash, out var answer) && !IsOver(answer))
        {
            return answer;
        }

        lock (_asking)
        {
            if (_kept.TryGetValue(hash, out answer) && !IsOver(answer))
            {
                return answer;
            }

            MakeRoom();
            return _kept[hash] = new(AskAsync(key), time.GetUtcNow());
        }
    }

    private async Task<ExchangedKey?> AskAsync(string key)
    {
        try
        {
            return await identity.ExchangeKeyAsync(new(key), CancellationToken.None);
        }
        catch (ApiException e) when (e.StatusCode is HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private bool IsOver(Answer answer)
    {
        if (!answer.Asked.IsCompleted)
        {
            return false;
        }

        var now = time.GetUtcNow();
        return !answer.Asked.IsCompletedSuccessfully || now >= answer.GoodUntil;
    }

    private void MakeRoom()
    {
        if (_kept.Count < MaxKept)
        {
            return;
        }

        foreach (var (hash, answer) in _kept)
        {
            if (IsOver(answer))
            {
                _kept.TryRemove(hash, out _);
            }
        }

        if (_kept.Count >= MaxKept)
        {
            _kept.Clear();
        }
    }

    private sealed class Answer(Task<ExchangedKey?> asked, DateTimeOffset at)
    {
        public Task<ExchangedKey?> Asked => asked;

        public DateTimeOffset GoodUntil => asked.IsCompletedSuccessfully && asked.GetAwaiter().GetResult() is { } key
            // A key that ends within the minute is still worth keeping for most of what is left.
            ? key.ExpiresAt - Shorter(Margin, (key.ExpiresAt - at) / 10)
            : at + NoIsKeptFor;

        private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
    }
}
