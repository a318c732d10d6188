using System.Buffers;
using System.Collections.Frozen;
using System.Text.Json;
using Agents.Contracts.Realtime;
using Agents.Contracts.Realtime.Groups;
using Agents.Realtime.Hub;

namespace Agents.Realtime.Dialects;

/// <summary>Seed 003's frames: <c>{"id","type","ts","payload","sig"?}</c>.</summary>
internal sealed class EnvelopeDialect(IEnumerable<MessageRoute> routes, TimeProvider time) : IDialect
{
    /// <summary>The names of what we send. What we take is named by its route.</summary>
    private static readonly FrozenDictionary<Type, string> Sent = new Dictionary<Type, string>
    {
        [typeof(HeartbeatOut)] = FrameType.Heartbeat,
        [typeof(AuthOk)] = FrameType.AuthOk,
        [typeof(AuthError)] = FrameType.AuthError,
        [typeof(AgentList)] = FrameType.AgentList,
        [typeof(AgentConfigTold)] = FrameType.AgentConfig,
        [typeof(AgentStatusPayload)] = FrameType.AgentStatus,
        [typeof(DeviceStatusPayload)] = FrameType.DeviceStatus,
        [typeof(ErrorPayload)] = FrameType.Error,
        [typeof(GroupJoined)] = FrameType.GroupJoined,
        [typeof(GroupReady)] = FrameType.GroupReady,
        [typeof(GroupStored)] = FrameType.GroupStored,
        [typeof(GroupEntry)] = FrameType.GroupMessage,
        [typeof(MentionTold)] = FrameType.Mention,
        [typeof(TaskOrder)] = FrameType.TaskSubmit,
        [typeof(TaskAck)] = FrameType.TaskAck,
        [typeof(TaskCancel)] = FrameType.TaskCancel,
        [typeof(TaskStatePayload)] = FrameType.TaskState,
        [typeof(TaskProgressPayload)] = FrameType.TaskProgress,
        [typeof(TaskAnswer)] = FrameType.TaskAnswer,
        [typeof(TaskMessage)] = FrameType.TaskMessage,
        [typeof(TaskQuestionPayload)] = FrameType.TaskQuestion,
        [typeof(TaskAnswerPayload)] = FrameType.TaskAnswer,
        [typeof(TaskMessagePayload)] = FrameType.TaskMessage,
    }.ToFrozenDictionary();

    private readonly FrozenDictionary<string, Type> _taken = routes.Where(route => route.Name is not null).ToFrozenDictionary(route => route.Name!, route => route.Message);

    public byte[]? Encode(object message)
    {
        if (!Sent.TryGetValue(message.GetType(), out var type))
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>(256);
        using var writer = new Utf8JsonWriter(buffer, new() { Encoder = WireMessages.Json.Encoder, SkipValidation = true });
        var now = time.GetUtcNow();
        writer.WriteStartObject();
        writer.WriteString("id"u8, Guid.CreateVersion7(now));
        writer.WriteString("type"u8, type);
        writer.WriteNumber("ts"u8, now.ToUnixTimeSeconds());
        writer.WritePropertyName("payload"u8);
        JsonSerializer.Serialize(writer, message, message.GetType(), WireMessages.Json);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    public Received Decode(ReadOnlySpan<byte> frame)
    {
        var parts = EnvelopeParts.Read(frame);
        if (parts.Fault is { } wrong)
        {
            return new(parts.Id, wrong);
        }

        if (!_taken.TryGetValue(parts.Type!, out var type))
        {
            return new(parts.Id, WireMessages.Unknown(parts.Type!));
        }

        var message = WireMessages.Read(parts.PayloadOf(frame), type, "payload");
        return message is not Fault && FrameSignature.IsWantedFor(parts.Type!)
            ? new(parts.Id, message, new(parts.Id ?? "", parts.Type!, parts.Ts, parts.PayloadOf(frame).ToArray(), parts.Sig))
            : new(parts.Id, message);
    }
}
