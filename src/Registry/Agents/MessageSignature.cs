using System.Globalization;
using Agents.Contracts;
using Agents.Contracts.Realtime;
using Agents.Registry.Devices;
using Microsoft.EntityFrameworkCore;

namespace Agents.Registry.Agents;

/// <summary>A signature as it comes over REST: as a frame's, in headers.</summary>
internal sealed record MessageSignature(string Id, string Time, string Signature, ReadOnlyMemory<byte> Payload)
{
    public const string IdHeader = "X-Message-Id";
    public const string TimeHeader = "X-Message-Time";
    public const string SignatureHeader = "X-Signature";

    public static MessageSignature Of(HttpRequest request, ReadOnlyMemory<byte> payload) =>
        new(request.Headers[IdHeader].ToString(), request.Headers[TimeHeader].ToString(), request.Headers[SignatureHeader].ToString(), payload);
}

/// <summary>Whether a device itself has sent a message, now, and once.</summary>
internal sealed class MessageSignatures(RegistryDb db, TimeProvider time)
{
    public async Task<bool> AcceptAsync(Device device, MessageSignature message, CancellationToken cancellationToken)
    {
        if (device.KeyId is null)
        {
            return true;
        }

        var now = time.GetUtcNow();
        if (!Ids.IsValid(message.Id)
            || !long.TryParse(message.Time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(seconds - now.ToUnixTimeSeconds()) > FrameSignature.MaxSkew.TotalSeconds)
        {
            return false;
        }

        var stored = await db.DeviceKeys.AsNoTracking().SingleAsync(k => k.DeviceId == device.Id && k.KeyId == device.KeyId, cancellationToken);
        using var key = stored.Open();
        return FrameSignature.Verify(key, message.Id, FrameType.AgentRegister, seconds, message.Payload.Span, message.Signature)
            && await RememberAsync(device.Id, message.Id, cancellationToken);
    }

    /// <summary>False where one with this id was seen before.</summary>
    public async Task<bool> RememberAsync(string deviceId, string messageId, CancellationToken cancellationToken) =>
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO seen_messages (device_id, id, at) VALUES ({deviceId}, {messageId}, {time.GetUtcNow()}) ON CONFLICT DO NOTHING",
            cancellationToken) == 1;
}
