using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using Agents.Contracts;
using Agents.Contracts.Realtime;
using Agents.Contracts.Registry;
using Agents.Realtime.Hub;
using Refit;

namespace Agents.Realtime.Signatures;

/// <summary>
/// Holds what a device must sign against its key, the clock and what was seen before, by whatever door. A device that
/// enrolled without a key has nothing to sign with, and need not.
/// </summary>
internal sealed class SignatureCheck(IRegistryInternal registry, TimeProvider time)
{
    private const int MaxKept = 20_000;

    private readonly ConcurrentDictionary<string, ECDsa> _keys = new();

    public async ValueTask<Fault?> FaultAsync(Connection from, SignedFrame frame, CancellationToken cancellationToken)
    {
        if (from.Peer.Signer is not { Keys: [.., var key] } device)
        {
            return null;
        }

        if (frame.Signature is null)
        {
            return new(ErrorCode.NotSignedIn, $"{frame.Type} must be signed: this device has a key.");
        }

        if (frame.Id.Length == 0)
        {
            return new(ErrorCode.Invalid, "A signed frame must have an id.");
        }

        var skew = time.GetUtcNow().ToUnixTimeSeconds() - frame.Ts;
        if (Math.Abs(skew) > FrameSignature.MaxSkew.TotalSeconds)
        {
            return new(ErrorCode.NotSignedIn, $"ts is off by {Math.Abs(skew)} s: sign with the server's time, which auth/ok tells, or the heartbeat of a flat connection.");
        }

        if (!FrameSignature.Verify(KeyOf(key), frame.Id, frame.Type, frame.Ts, frame.Payload, frame.Signature))
        {
            return new(ErrorCode.NotSignedIn, "The signature is not this device's for these bytes.");
        }

        try
        {
            await registry.RememberMessageAsync(device.Id, new(frame.Id), cancellationToken);
            return null;
        }
        catch (ApiException e) when (e.StatusCode is HttpStatusCode.Conflict)
        {
            return new(ErrorCode.Clash, "This id was seen before: a resend carries a fresh id, time and signature.");
        }
    }

    private ECDsa KeyOf(DeviceKey key)
    {
        if (_keys.Count >= MaxKept)
        {
            _keys.Clear();
        }

        return _keys.GetOrAdd(key.PublicKey, static spki =>
        {
            var made = ECDsa.Create();
            made.ImportSubjectPublicKeyInfo(Convert.FromBase64String(spki), out _);
            return made;
        });
    }
}
