using System.Text;
using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Realtime;
using Agents.Realtime.Dialects;
using Agents.Realtime.Hub;

namespace Agents.Tests.Units.Realtime;

public sealed class EnvelopeTests
{
    private static readonly EnvelopeDialect Dialect = new(
        [
            new(FrameType.Heartbeat, typeof(HeartbeatIn), (_, _, _) => default),
            new(FrameType.AgentStatus, typeof(AgentStatusPayload), (_, _, _) => default),
            new(FrameType.GroupMessage, typeof(AgentStatusPayload), (_, _, _) => default),
        ],
        new ManualTimeProvider());

    [Fact]
    public void Decode_GoodFrame_IsItsMessage()
    {
        var received = Decode("""{"id":"x","type":"agent/status","ts":1733000000,"payload":{"agent_id":"a","status":"busy","cpu":0.5}}""");

        Assert.Equal(("x", new AgentStatusPayload("a", "busy", 0.5)), (received.Id, received.Message));
    }

    [Theory]
    [InlineData("""{"type":"heartbeat"}""")]
    [InlineData("""{"id":null,"type":"heartbeat","ts":1.5,"payload":null,"sig":null,"more":{"of":[1]}}""")]
    public void Decode_WhatIsLeftOut_HasADefault(string frame) => Assert.IsType<HeartbeatIn>(Decode(frame).Message);

    [Theory]
    [InlineData("""[]""", "A frame must be an object.")]
    [InlineData(""" "text" """, "A frame must be an object.")]
    [InlineData("""{}""", "type is missing.")]
    [InlineData("""{"type":""}""", "type is missing.")]
    [InlineData("""{"type":5}""", "type must be a text, and not a long one.")]
    [InlineData("""{"id":5,"type":"heartbeat"}""", "id must be a text, and not a long one.")]
    [InlineData("""{"type":"heartbeat","ts":"now"}""", "ts must be a number: seconds since 1970.")]
    [InlineData("""{"type":"heartbeat","payload":[]}""", "payload must be an object.")]
    [InlineData("""{"type":"none/such"}""", "'none/such' is not a type that is understood here.")]
    [InlineData("""{"type":"agent/status","payload":{"status":"busy"}}""", "payload lacks 'agent_id'.")]
    [InlineData("""{"type":"agent/status","payload":{"agent_id":5,"status":"busy"}}""", "payload.agent_id is of the wrong kind.")]
    [InlineData("""{"type":"heartbeat","payload":{"agents":[{"agent_id":"a"},{}]}}""", "payload.agents[1] lacks 'agent_id'.")]
    [InlineData("""{"type":"agent/status","payload":{"agent_id":null,"status":"busy"}}""", "payload.agent_id is of the wrong kind.")]
    public void Decode_WrongFrame_SaysWhat(string frame, string text)
    {
        var fault = Assert.IsType<Fault>(Decode(frame).Message);

        Assert.Equal((ErrorCode.Invalid, text), (fault.Code, fault.Text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("""{"type":"heartbeat"} {}""")]
    [InlineData("""{"type":"heartbeat",}""")]
    [InlineData("""{"type":"heartbeat""")]
    public void Decode_NoJson_EndsTheConnection(string frame) =>
        Assert.Equal(CloseCode.NotJson, Assert.Throws<BadFrameException>(() => Decode(frame)).CloseCode);

    [Fact]
    public void Decode_SignedType_KeepsThePayloadByteForByte()
    {
        var signed = Decode("""{"payload": { "status":"busy",  "agent_id":"a" } ,"type":"group/message","id":"x","ts":7,"sig":"s"}""").Signed!;

        Assert.Equal("""{ "status":"busy",  "agent_id":"a" }""", Encoding.UTF8.GetString(signed.Payload));
        Assert.Equal(("x", "group/message", 7, "s"), (signed.Id, signed.Type, signed.Ts, signed.Signature));
    }

    [Fact]
    public void Encode_Message_IsAFrameInSnakeCase()
    {
        using var frame = JsonDocument.Parse(Dialect.Encode(new AgentStatusPayload("a", "idle", Running: 0))!);

        Assert.Equal("agent/status", frame.RootElement.GetProperty("type").GetString());
        Assert.Equal(1767225600, frame.RootElement.GetProperty("ts").GetInt64());
        Assert.Equal("""{"agent_id":"a","status":"idle","running":0}""", frame.RootElement.GetProperty("payload").GetRawText());
    }

    [Fact]
    public void Encode_WhatTheDialectHasNoFrameFor_IsNone() => Assert.Null(Dialect.Encode(new object()));

    private static Received Decode(string frame) => Dialect.Decode(Encoding.UTF8.GetBytes(frame));
}
