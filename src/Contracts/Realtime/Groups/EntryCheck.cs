using System.Buffers.Text;
using System.Security.Cryptography;
using Agents.Contracts.Registry;

namespace Agents.Contracts.Realtime.Groups;

public enum EntryVerdict
{
    Verified,

    /// <summary>Nobody had to sign it.</summary>
    Unsigned,

    Forged,
}

/// <param name="Why">What is wrong with it, or why nobody had to sign it.</param>
public readonly record struct EntryChecked(EntryVerdict Verdict, string? Why = null)
{
    internal static EntryChecked Forged(string why) => new(EntryVerdict.Forged, why);

    internal static EntryChecked Unsigned(string why) => new(EntryVerdict.Unsigned, why);
}

/// <summary>
/// Holds one entry of a group's log against its signature, as any reader can. Whether a message that was edited says what its
/// last edit says is seen in the whole log only, by <see cref="LogCheck"/>. Pure.
/// </summary>
public static class EntryCheck
{
    /// <summary>What storing takes at most, and a device that is enrolled anew while it speaks.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    /// <param name="keys">Of the device that signed it; where none did, of the one that carries the author and speaks for it.</param>
    public static EntryChecked Of(GroupEntry entry, IReadOnlyList<DeviceKeyPeriod> keys) => entry switch
    {
        { Kind: EntryKind.Delete } => EntryChecked.Unsigned("a deletion says nothing"),
        { Kind: EntryKind.Notice } => EntryChecked.Unsigned("a notice of the place"),
        { DeletedAt: not null, Content: "", Sig: null } => EntryChecked.Unsigned("deleted"),
        { Sig: { } sig } => Signed(entry, sig, keys),
        { FromKind: not MemberKind.Agent } => EntryChecked.Unsigned("a person's"),
        { TaskId: { } task } => EntryChecked.Unsigned($"written by the server, out of task {task}"),
        _ => keys.Any(key => IsOf(key, entry.Timestamp, -Slack))
            ? EntryChecked.Forged("not signed, and the device that carries its author had a key then")
            : EntryChecked.Unsigned("an agent's, who had no key to sign with"),
    };

    private static EntryChecked Signed(GroupEntry entry, EntrySignature sig, IReadOnlyList<DeviceKeyPeriod> keys)
    {
        var periods = keys.Where(key => key.KeyId == sig.KeyId).ToList();
        return periods.Count == 0 ? EntryChecked.Forged("signed with a key that its device never had")
            : !periods.Any(key => IsOf(key, entry.Timestamp, Slack)) ? EntryChecked.Forged("signed with a key that its device did not have then")
            : sig.Type != (entry.Kind == EntryKind.Edit ? FrameType.GroupEdit : FrameType.GroupMessage) ? EntryChecked.Forged($"what is signed is a {sig.Type}")
            : (entry.Timestamp - DateTimeOffset.UnixEpoch).TotalSeconds - sig.Ts is var late && Math.Abs(late) > (FrameSignature.MaxSkew + Slack).TotalSeconds ? EntryChecked.Forged("signed at another time than it was said")
            : Bytes(sig.Payload) is not { } payload || !IsBy(periods[0].PublicKey, sig, payload) ? EntryChecked.Forged("the signature is not the key's for these bytes")
            : Difference(entry, SignedText.Parse(payload)) is { } other ? EntryChecked.Forged($"what is signed has another {other}")
            : new(EntryVerdict.Verified);
    }

    /// <summary>The name of what the entry says otherwise than what was signed; null where they are the same.</summary>
    private static string? Difference(GroupEntry entry, SignedText? signed) =>
        signed is null ? "form"
        : signed.GroupId != entry.GroupId ? "group"
        // What an edited message says now is its last edit's matter.
        : entry.EditedAt is null && signed.Content != entry.Content ? "content"
        : entry.FromKind != MemberKind.Agent || (signed.AgentId is { } agent && agent != entry.FromId) ? "author"
        : entry.Kind == EntryKind.Edit ? SameId(signed.MessageId, entry.Target) ? null : "message"
        : SameIds(signed, entry) ? null : "answer or attachments";

    /// <summary>Seed 001's dialect signs neither: where the bytes are JSON they name them.</summary>
    private static bool SameIds(SignedText signed, GroupEntry entry) =>
        signed.IsLines
        || (SameId(signed.ReplyTo, entry.ReplyTo)
            && signed.Attachments.Select(Canonical).ToHashSet().SetEquals((entry.Attachments ?? []).Select(attached => Canonical(attached.Id))));

    private static bool SameId(string? one, string? other) => Canonical(one) == Canonical(other);

    private static string? Canonical(string? id) => Guid.TryParse(id, out var guid) ? guid.ToString() : id;

    /// <param name="slack">What the clocks may differ; below zero, where it has to be certain.</param>
    private static bool IsOf(DeviceKeyPeriod key, DateTimeOffset at, TimeSpan slack) =>
        key.SignsFrom - slack <= at && (key.SignsUntil is not { } end || at <= end + slack);

    private static byte[]? Bytes(string payload)
    {
        try
        {
            return Base64Url.DecodeFromChars(payload);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static bool IsBy(string publicKey, EntrySignature sig, byte[] payload)
    {
        try
        {
            using var key = ECDsa.Create();
            var spki = Convert.FromBase64String(publicKey);
            key.ImportSubjectPublicKeyInfo(spki, out _);
            return FrameSignature.KeyIdOf(spki) == sig.KeyId && FrameSignature.Verify(key, sig.Id, sig.Type, sig.Ts, payload, sig.Signature);
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return false;
        }
    }
}
