using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using Agents.Contracts.Realtime;
using Agents.Contracts.Realtime.Groups;
using Agents.Realtime.Hub;
using Agents.Realtime.Presence;

namespace Agents.Realtime.Dialects;

/// <summary>
/// Seed 001's frames: flat JSON, <c>{"type":"message","group_id":"dev-team","content":"Hello"}</c>. A frame may have an
/// <c>id</c>, which is the <c>ref</c> of what answers it. Where its device has a key, <c>register</c> and <c>message</c> have
/// <c>id</c>, <c>ts</c> (seconds) and <c>sig</c> beside their fields. Signed is what is signed everywhere
/// (<see cref="FrameSignature"/>), with <c>agent/register</c> and the UTF-8 of the agent's id, name and role as the type and
/// the payload of a <c>register</c>, and <c>group/message</c> and the UTF-8 of the group's id and the content as those of a
/// <c>message</c>: a line feed between each, what is left out is empty.
/// </summary>
internal sealed class NetworkDialect(IEnumerable<MessageRoute> routes, TimeProvider time) : IDialect
{
    private static readonly Dictionary<string, Type> Names = new()
    {
        ["register"] = typeof(RegisterFlat),
        ["heartbeat"] = typeof(HeartbeatIn),
        ["join_group"] = typeof(GroupJoin),
        ["leave_group"] = typeof(GroupLeave),
        ["message"] = typeof(GroupSay),
        ["task_accept"] = typeof(TaskAccept),
        ["task_progress"] = typeof(TaskProgress),
        ["task_result"] = typeof(TaskResult),
        ["task_error"] = typeof(TaskError),
        ["task_question"] = typeof(TaskQuestion),
    };

    /// <summary>A naive agent reads a <c>message</c> as something that was said just now. What is none has a type of its own.</summary>
    private static readonly Dictionary<string, string> Entries = new()
    {
        [EntryKind.Message] = "message",
        [EntryKind.Edit] = "message_edit",
        [EntryKind.Delete] = "message_delete",
        [EntryKind.Notice] = "notice",
        [EntryKind.Progress] = "progress",
    };

    private readonly FrozenDictionary<string, Type> _taken = Names.Where(name => routes.Any(route => route.Message == name.Value)).ToFrozenDictionary();

    public bool EchoesOwn => false;

    public bool Acknowledges => false;

    public bool TellsStatuses => false;

    public byte[]? Encode(object message) => message switch
    {
        HeartbeatOut beat => Frame("heartbeat", new FlatHeartbeat(beat.Interval, time.GetUtcNow().ToUnixTimeSeconds())),
        AgentList list => Frame("agent_list", FlatAgentList.Of(list)),
        ChangedAgents changed => Frame("agent_list", FlatAgentList.Of(changed.List) with { Changes = true }),
        GroupEntry entry when Entries.TryGetValue(entry.Kind, out var type) => Frame(type, entry),
        // Who gave it no name doesn't wait for it.
        GroupStored { Ref: not null } stored => Frame("stored", stored),
        MentionTold mention => Frame("mention", mention),
        TaskOrder order => Frame("task_assigned", new FlatTask(order)),
        TaskAck ack => Frame("task_update", FlatTaskUpdate.Of(ack)),
        TaskCancel cancel => Frame("task_update", FlatTaskUpdate.Of(cancel)),
        TaskAnswer answer => Frame("task_answer", answer),
        TaskMessage said => Frame("task_message", said),
        // What handlers call the payload is the frame itself here.
        ErrorPayload error => Frame("error", error with { Message = error.Message.Replace("payload.", "", StringComparison.Ordinal) }),
        AuthError error => Frame("error", error),
        _ => null,
    };

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

        var message = WireMessages.Read(frame, type, root: null);
        return message switch
        {
            RegisterFlat { Agent: var agent } => Signed(parts, message, FrameType.AgentRegister, $"{agent.Id}\n{agent.Name}\n{agent.Role}"),
            GroupSay said => Signed(parts, message, FrameType.GroupMessage, $"{said.GroupId}\n{said.Content}"),
            _ => new(parts.Id, message),
        };
    }

    private static Received Signed(EnvelopeParts parts, object message, string type, string payload) =>
        new(parts.Id, message, new(parts.Id ?? "", type, parts.Ts, Encoding.UTF8.GetBytes(payload), parts.Sig));

    /// <summary>The body's own fields stand beside the type.</summary>
    private static byte[] Frame(string type, object body)
    {
        var fields = JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), WireMessages.Json).AsSpan(1);
        return [.. "{\"type\":\""u8, .. Encoding.ASCII.GetBytes(type), .. "\","u8, .. fields];
    }
}
