using System.Globalization;
using System.Security.Cryptography;
using Agents.Contracts;
using Agents.Contracts.Realtime;

namespace Agents.ServiceDefaults.Devices;

public enum SignatureFlaw
{
    Missing,
    BadId,
    OffTime,
    Forged,

    /// <summary>An id that was seen before.</summary>
    Replayed,
}

/// <summary>What a device has signed, by a frame or by a request, and how.</summary>
/// <param name="Type">See <see cref="FrameType"/>.</param>
/// <param name="Ts">Null where it is no number.</param>
/// <param name="Payload">The bytes as they were sent.</param>
/// <param name="How">Where id, time and signature stand, for who has forgotten them.</param>
public sealed record MessageSignature(
    string Id, string Type, long? Ts, byte[] Payload, string? Signature, string How = "id (new each time), ts (the server's time, in seconds) and sig")
{
    public const string IdHeader = FrameSignature.IdHeader;
    public const string TimeHeader = FrameSignature.TimeHeader;
    public const string SignatureHeader = FrameSignature.SignatureHeader;

    private const string InHeaders = $"the headers {IdHeader} (new each time), {TimeHeader} (the server's time, in seconds) and {SignatureHeader}";

    /// <summary>As it comes over REST: as a frame's, in headers.</summary>
    public static MessageSignature Of(HttpRequest request, string type, byte[] payload) => new(
        request.Headers[IdHeader].ToString(),
        type,
        long.TryParse(request.Headers[TimeHeader].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : null,
        payload,
        request.Headers[SignatureHeader].ToString() is { Length: > 0 } signature ? signature : null,
        InHeaders);

    /// <summary>Null where it is right, as far as it alone tells: whether it is a replay, who remembers the ids knows. Pure.</summary>
    public SignatureFlaw? FlawAt(DateTimeOffset now, ECDsa key) =>
        Signature is null ? SignatureFlaw.Missing
        : Id.Length is 0 or > Ids.MaxLength || Id.Any(char.IsControl) ? SignatureFlaw.BadId
        : Ts is not { } ts || Math.Abs(now.ToUnixTimeSeconds() - (decimal)ts) > (decimal)FrameSignature.MaxSkew.TotalSeconds ? SignatureFlaw.OffTime
        : FrameSignature.Verify(key, Id, Type, ts, Payload, Signature) ? null
        : SignatureFlaw.Forged;
}
