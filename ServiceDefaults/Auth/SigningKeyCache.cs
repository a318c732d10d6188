using System.Buffers.Text;
using System.Security.Cryptography;
using Agents.Contracts.Identity;

namespace Agents.ServiceDefaults.Auth;

/// <summary>Thrown where a token cannot be judged because Identity has not told its keys yet.</summary>
public sealed class KeysUnknownException(Exception inner) : Exception("Identity cannot be asked for its keys just now.", inner);

/// <summary>
/// Identity's public keys. Asked for when needed and when a token names an unknown one (at most once in a few seconds,
/// so that junk tokens are no load); kept while Identity is away.
/// </summary>
public sealed partial class SigningKeyCache(IIdentityInternal identity, TimeProvider time, ILogger<SigningKeyCache> log)
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FailureIsKeptFor = TimeSpan.FromMilliseconds(500);

    private readonly SemaphoreSlim _asking = new(1, 1);
    private volatile Known? _known;
    private volatile Failed? _failed;

    public async ValueTask<ECDsa?> FindAsync(string kid, CancellationToken cancellationToken)
    {
        if (_known is { } now && (now.Keys.TryGetValue(kid, out var key) || !IsOld(now)))
        {
            return now.Keys.GetValueOrDefault(kid);
        }

        ThrowIfJustFailed();
        await _asking.WaitAsync(cancellationToken);
        try
        {
            // Those who stood in line behind a failure do not all fail anew, one after the other.
            ThrowIfJustFailed();
            if (_known is not { } meanwhile || (!meanwhile.Keys.ContainsKey(kid) && IsOld(meanwhile)))
            {
                await AskAsync(cancellationToken);
            }

            return _known!.Keys.GetValueOrDefault(kid);
        }
        finally
        {
            _asking.Release();
        }
    }

    private bool IsOld(Known keys) => time.GetElapsedTime(keys.AskedAt) > AskAgainAfter;

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            var set = await identity.GetKeysAsync(cancellationToken);
            _known = new(set.Keys.ToDictionary(key => key.Kid, Import), time.GetTimestamp());
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Unreachable(log, e.Message);
            // What is known stays good; without any, nobody can be judged.
            if (_known is not { } old)
            {
                _failed = new(e, time.GetTimestamp());
                throw new KeysUnknownException(e);
            }

            _known = old with { AskedAt = time.GetTimestamp() };
        }
    }

    private static ECDsa Import(PublicKey key) => ECDsa.Create(new ECParameters
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new() { X = Base64Url.DecodeFromChars(key.X), Y = Base64Url.DecodeFromChars(key.Y) },
    });

    private void ThrowIfJustFailed()
    {
        if (_known is null && _failed is { } last && time.GetElapsedTime(last.At) < FailureIsKeptFor)
        {
            throw new KeysUnknownException(last.Why);
        }
    }

    private sealed record Failed(Exception Why, long At);

    private sealed record Known(IReadOnlyDictionary<string, ECDsa> Keys, long AskedAt);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Identity's keys cannot be refreshed, going on with those known: {Reason}")]
        public static partial void Unreachable(ILogger log, string reason);
    }
}
