using System.Buffers.Binary;
using Agents.Contracts;
using Agents.Contracts.Realtime;
using Agents.Realtime.Hub;
using Agents.Realtime.Protos;
using Google.Protobuf;

namespace Agents.Realtime.Grpc;

/// <summary>Seed 002's messages. Its agent is our device.</summary>
internal sealed class GrpcDialect : IDialect
{
    public bool KnowsGroups => false;

    public byte[]? Encode(object message) => message switch
    {
        RegisterReply reply => Framed(new ServerMessage { RegisterResponse = ResponseOf(reply.Fault, "Agent registered successfully") }),
        HeartbeatReply reply => Framed(new ServerMessage { HeartbeatAck = ResponseOf(reply.Fault, reply.Refused is null ? "" : $"metrics refused: {reply.Refused}") }),
        _ => null,
    };

    /// <exception cref="GrpcException">The bytes are none of its messages.</exception>
    public Received Decode(ReadOnlySpan<byte> frame)
    {
        try
        {
            var message = AgentMessage.Parser.ParseFrom(frame);
            return new(null, message.MessageCase switch
            {
                AgentMessage.MessageOneofCase.Register => Of(message.Register),
                AgentMessage.MessageOneofCase.Heartbeat => new Beaten(message.Heartbeat.AgentId),
                AgentMessage.MessageOneofCase.Metrics => new Measured(message.Metrics.AgentId, new([.. message.Metrics.Metrics.Select(Of)])),
                // A field of a later version: whoever sends it can do without.
                _ => new Fault(ErrorCode.Invalid, "This message is not understood here."),
            });
        }
        catch (InvalidProtocolBufferException)
        {
            throw new GrpcException(GrpcCode.InvalidArgument, "This is no AgentMessage.");
        }
    }

    private static Registered Of(AgentRegister said) => new(
        said.AgentId,
        new(Hostname: Text(said.Hostname), Ip: Text(said.Ip), Os: Text(said.Os), Arch: Text(said.Arch), Version: Text(said.Version)));

    private static MetricValue Of(MetricPoint point) => new(
        point.Name, point.Value, point.Timestamp is { } at ? at.Seconds + (at.Nanos / 1e9) : null, point.Labels);

    /// <summary>proto3 has no "not given" for a text.</summary>
    private static string? Text(string value) => value.Length > 0 ? value : null;

    private static Response ResponseOf(string? fault, string message) =>
        new() { Success = fault is null, Message = fault is null ? message : "", Error = fault ?? "" };

    private static byte[] Framed(ServerMessage message)
    {
        var length = message.CalculateSize();
        var frame = new byte[GrpcReader.PrefixBytes + length];
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)length);
        message.WriteTo(frame.AsSpan(GrpcReader.PrefixBytes));
        return frame;
    }
}

/// <summary>What only this dialect says; the call turns it into the hub's messages.</summary>
internal sealed record Registered(string AgentId, DeviceUpdate About);

internal sealed record Beaten(string AgentId);

internal sealed record Measured(string AgentId, MetricsPayload Points);

internal sealed record RegisterReply(string? Fault = null);

/// <param name="Refused">Why some of the figures before it were not taken.</param>
internal sealed record HeartbeatReply(string? Fault = null, string? Refused = null);
