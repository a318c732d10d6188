using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using Agents.Contracts;
using Agents.Contracts.Realtime.Groups;
using Agents.Contracts.Registry;
using Agents.Realtime.Hub;
using Agents.ServiceDefaults.Devices;
using Refit;

namespace Agents.Realtime.Signatures;

/// <summary>
/// Holds what a device must sign against its key, the clock and what was seen before, by whatever door. A device that
/// enrolled without a key has nothing to sign with, and need not. What is refused is audited.
/// </summary>
internal sealed class SignatureCheck(IRegistryInternal registry, RefusedMessages refused, TimeProvider time)
{
    private const int MaxKept = 20_000;

    private readonly ConcurrentDictionary<string, ECDsa> _keys = new();

    /// <summary>What is kept with a message that was found right; null where nobody had to sign it.</summary>
    public static EntrySignature? Kept(DevicePeer? signer, MessageSignature? message) => signer is null ? null : Kept(signer.Id, signer.Keys, message);

    public static EntrySignature? Kept(string deviceId, IReadOnlyList<DeviceKey> keys, MessageSignature? message) =>
        keys is [.., var key] && message is { Signature: { } signature, Ts: { } ts }
            ? new(deviceId, key.KeyId, message.Id, message.Type, ts, Base64Url.EncodeToString(message.Payload), signature)
            : null;

    /// <param name="misplaced">What is wrong where it was signed for another place than it came to.</param>
    public async ValueTask<Fault?> FaultAsync(Signing by, MessageSignature message, CancellationToken cancellationToken, Fault? misplaced = null)
    {
        if (by is not { DeviceId: { } device, Keys: [.., var key] })
        {
            return null;
        }

        if (message.Payload.Length > SaidText.MaxSignedBytes)
        {
            return new(ErrorCode.Invalid, $"What is signed must have at most {SaidText.MaxSignedBytes} bytes.");
        }

        var flaw = message.FlawAt(time.GetUtcNow(), KeyOf(key));
        if (flaw is null && misplaced is null && !await RememberAsync(device, message.Id, cancellationToken))
        {
            flaw = SignatureFlaw.Replayed;
        }

        if (flaw is null && misplaced is null)
        {
            return null;
        }

        refused.Add(new(device, message.Type, flaw?.ToString() ?? "Misplaced"), by);
        return flaw is { } wrong ? FaultOf(wrong, message) : misplaced;
    }

    private Fault FaultOf(SignatureFlaw flaw, MessageSignature message) => flaw switch
    {
        SignatureFlaw.Missing => new(ErrorCode.NotSignedIn, $"{message.Type} must be signed, because this device has a key: {message.How}."),
        SignatureFlaw.BadId => new(ErrorCode.Invalid, "What is signed must have an id of its own, new each time."),
        SignatureFlaw.OffTime when message.Ts is { } ts => new(
            ErrorCode.NotSignedIn,
            $"ts is off by {Math.Abs(time.GetUtcNow().ToUnixTimeSeconds() - (decimal)ts)} s: sign with the server's time, which auth/ok tells, or the heartbeat of a flat connection."),
        SignatureFlaw.OffTime => new(ErrorCode.Invalid, $"What is signed must have its time: {message.How}."),
        SignatureFlaw.Replayed => new(ErrorCode.Clash, "This id was seen before: a resend carries a fresh id, time and signature."),
        _ => new(ErrorCode.NotSignedIn, "The signature is not this device's for these bytes."),
    };

    private async Task<bool> RememberAsync(string deviceId, string id, CancellationToken cancellationToken)
    {
        try
        {
            await registry.RememberMessageAsync(deviceId, new(id), cancellationToken);
            return true;
        }
        catch (ApiException e) when (e.StatusCode is HttpStatusCode.Conflict)
        {
            return false;
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
