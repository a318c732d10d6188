using System.Security.Cryptography;
using System.Text.Json;
using Agents.Contracts.Realtime;
using Agents.Daemon.Link;

namespace Agents.Tests.Units.Daemon;

public sealed class SignerTests : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Write_WhatOthersRead_IsSignedOverThePayloadAsSent()
    {
        byte[] payload = [.. "{ \"content\" : \"grüße\" }"u8];

        var frame = Written(new(FrameType.GroupMessage, payload));

        var sent = System.Text.Encoding.UTF8.GetBytes(frame.GetProperty("payload").GetRawText());
        Assert.Equal(payload, sent);
        Assert.True(FrameSignature.Verify(
            _key, frame.GetProperty("id").GetString()!, FrameType.GroupMessage, _time.GetUtcNow().ToUnixTimeSeconds(), sent, frame.GetProperty("sig").GetString()!));
    }

    [Fact]
    public void Write_Metrics_RideOnTheConnection() =>
        Assert.False(Written(new(FrameType.Metrics, [.. "{}"u8])).TryGetProperty("sig", out _));

    [Fact]
    public void Write_TheSameTwice_HasAnotherId()
    {
        var frame = new OutFrame(FrameType.Metrics, [.. "{}"u8]);

        Assert.NotEqual(Written(frame).GetProperty("id").GetString(), Written(frame).GetProperty("id").GetString());
    }

    public void Dispose() => _key.Dispose();

    private JsonElement Written(OutFrame frame)
    {
        using var key = ECDsa.Create(_key.ExportParameters(includePrivateParameters: true));
        var signer = new Signer(() => key, new(_time), _time);
        signer.Renew();
        return JsonDocument.Parse(signer.Write(frame, out _)).RootElement;
    }
}
