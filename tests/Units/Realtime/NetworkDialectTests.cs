using System.Text;
using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Realtime;
using Agents.Contracts.Realtime.Groups;
using Agents.Contracts.Scheduler;
using Agents.Realtime.Dialects;
using Agents.Realtime.Hub;
using Agents.Realtime.Presence;

namespace Agents.Tests.Units.Realtime;

public sealed class NetworkDialectTests
{
    private static readonly Type[] Handled =
        [typeof(RegisterFlat), typeof(HeartbeatIn), typeof(GroupJoin), typeof(GroupSay), typeof(TaskAccept), typeof(TaskResult)];

    private static readonly NetworkDialect Dialect = new(Handled.Select(type => new MessageRoute(null, type, (_, _, _) => default)), new ManualTimeProvider());

    [Fact]
    public void Decode_TheDocumentsFrames_AreTheirMessages()
    {
        var register = (RegisterFlat)Decode("""{ "type": "register", "agent": { "id": "xiaoxing-mac", "name": "小邢", "role": "DevOps" } }""").Message;
        Assert.Equal(("xiaoxing-mac", "小邢", "DevOps", false), (register.Agent.Id, register.Agent.Name, register.Agent.Role, register.Agent.TakesTasks));
        Assert.Equal(new GroupJoin("dev-team"), Decode("""{ "type": "join_group", "group_id": "dev-team" }""").Message);
        Assert.Equal(
            new GroupSay("dev-team", "Hello @老邢"), Decode("""{ "type": "message", "group_id": "dev-team", "content": "Hello @老邢", "timestamp": "..." }""").Message);
        Assert.IsType<HeartbeatIn>(Decode("""{ "type": "heartbeat" }""").Message);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData(""","capabilities":[]""", false)]
    [InlineData(""","capabilities":["chat"]""", true)]
    [InlineData(""","accept_tasks":true""", true)]
    [InlineData(""","capabilities":["chat"],"accept_tasks":false""", false)]
    public void TakesTasks_AsTheAgentSays(string more, bool takes) =>
        Assert.Equal(takes, ((RegisterFlat)Decode($$"""{"type":"register","agent":{"id":"a"{{more}} } }""").Message).Agent.TakesTasks);

    [Theory]
    [InlineData("""[]""", "A frame must be an object.")]
    [InlineData("""{}""", "type is missing.")]
    [InlineData("""{"type":"leave_group","group_id":"g"}""", "'leave_group' is not a type that is understood here.")]
    [InlineData("""{"type":"group/message","group_id":"g","content":"c"}""", "'group/message' is not a type that is understood here.")]
    [InlineData("""{"type":"register"}""", "The frame lacks 'agent'.")]
    [InlineData("""{"type":"register","agent":{}}""", "agent lacks 'id'.")]
    [InlineData("""{"type":"register","agent":null}""", "agent is of the wrong kind.")]
    [InlineData("""{"type":"register","agent":{"id":"../x"}}""", "agent.id must be 1 to 128 of A-Z a-z 0-9 . _ -")]
    [InlineData("""{"type":"register","agent":{"id":"a","name":"a\nb"}}""", "agent.name and role must be one line each")]
    [InlineData("""{"type":"message","group_id":"g"}""", "The frame lacks 'content'.")]
    [InlineData("""{"type":"message","group_id":"g","content":5}""", "content is of the wrong kind.")]
    [InlineData("""{"type":"message","group_id":"g","content":" "}""", "content must not be empty")]
    public void Decode_WrongFrame_SaysWhat(string frame, string text)
    {
        var fault = Assert.IsType<Fault>(Decode(frame).Message);

        Assert.Equal((ErrorCode.Invalid, text), (fault.Code, fault.Text));
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("""{"type":"heartbeat"} {}""")]
    public void Decode_NoJson_EndsTheConnection(string frame) =>
        Assert.Equal(CloseCode.NotJson, Assert.Throws<BadFrameException>(() => Decode(frame)).CloseCode);

    [Theory]
    [InlineData("""{"type":"register","agent":{"id":"a","name":"小邢","role":"DevOps"},"id":"x","ts":7,"sig":"s"}""", "agent/register", "a\n小邢\nDevOps")]
    [InlineData("""{"type":"register","agent":{"id":"a"},"id":"x","ts":7,"sig":"s"}""", "agent/register", "a\n\n")]
    [InlineData("""{"type":"message","group_id":"g","content":"two\nlines","id":"x","ts":7,"sig":"s"}""", "group/message", "g\ntwo\nlines")]
    public void Decode_WhatMustBeSigned_IsHeldAgainstItsLines(string frame, string type, string payload)
    {
        var signed = Decode(frame).Signed!;

        Assert.Equal(("x", type, 7, payload, "s"), (signed.Id, signed.Type, signed.Ts, Encoding.UTF8.GetString(signed.Payload), signed.Signature));
    }

    [Fact]
    public void Encode_TheDocumentsFrames_AsItShowsThem()
    {
        var said = new GroupEntry("m", "dev-team", 4, EntryKind.Message, "老邢", "laoxing-aws", MemberKind.Agent, "Hi", DateTimeOffset.UnixEpoch);
        Assert.Equal(
            """{"type":"message","id":"m","group_id":"dev-team","seq":4,"kind":"message","from":"老邢","from_id":"laoxing-aws","from_kind":"agent","content":"Hi","timestamp":"1970-01-01T00:00:00Z"}""",
            Encode(said));
        Assert.StartsWith("""{"type":"message_edit",""", Encode(said with { Kind = EntryKind.Edit }), StringComparison.Ordinal);
        Assert.StartsWith(
            """{"type":"mention","id":"i",""",
            Encode(new MentionTold("i", "dev-team", 4, "老邢", "laoxing-aws", MemberKind.Agent, "@小邢 Please help", DateTimeOffset.UnixEpoch)), StringComparison.Ordinal);
        Assert.StartsWith(
            """{"type":"task_assigned","task":{"task_id":"t","attempt":2,""", Encode(new TaskOrder("t", 2, 20, "a", "chat", "do it", null, null)), StringComparison.Ordinal);
        Assert.Equal("""{"type":"heartbeat","interval":30,"ts":1767225600}""", Encode(new HeartbeatOut(30)));
    }

    [Fact]
    public void Encode_ListsAndTheirChanges_AreToldApart()
    {
        var list = ListParts.Of([new PresenceChange(Wire.Agent("a"), "offline", 0, Appeared: false)]).Single();

        Assert.Equal(
            """{"type":"agent_list","agents":[{"id":"a","name":"a","role":"","online":false,"status":"offline","type":"agent","device_id":null,"post_id":null,"capabilities":[],"tags":[],"concurrency":1}]}""",
            Encode(list));
        Assert.EndsWith(""","changes":true}""", Encode(new ChangedAgents(list)), StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_WhatBecameOfATask_IsAnUpdate()
    {
        Assert.Equal("""{"type":"task_update","task_id":"t","attempt":1,"status":"stored"}""", Encode(new TaskAck("t", 1, true)));
        Assert.Equal("""{"type":"task_update","task_id":"t","attempt":1,"status":"refused","reason":"superseded"}""", Encode(new TaskAck("t", 1, false, AckReason.Superseded)));
        Assert.Equal("""{"type":"task_update","task_id":"t","attempt":1,"status":"canceled","grace_seconds":10}""", Encode(new TaskCancel("t", 1, 10)));
    }

    [Fact]
    public void Encode_AnError_NamesTheFrameItself()
    {
        Assert.Equal(
            """{"type":"error","code":1001,"message":"task_id is not the id of a task.","ref":"x"}""",
            Encode(new ErrorPayload(1001, "payload.task_id is not the id of a task.", "x")));
        Assert.Equal("""{"type":"error","code":1002,"message":"No."}""", Encode(new AuthError(1002, "No.")));
    }

    [Fact]
    public void Encode_WhatAFlatAgentHasNoUseFor_IsNone()
    {
        Assert.Null(Dialect.Encode(new GroupStored("g", "m", 4)));
        Assert.Contains("\"type\":\"stored\"", Encode(new GroupStored("g", "m", 4, "x")), StringComparison.Ordinal);
        Assert.Null(Dialect.Encode(new AuthOk("c", "agent", 0, 30, 1)));
        Assert.Null(Dialect.Encode(new object()));
    }

    private static Received Decode(string frame) => Dialect.Decode(Encoding.UTF8.GetBytes(frame));

    private static string Encode(object message)
    {
        var frame = Encoding.UTF8.GetString(Dialect.Encode(message)!);
        using var json = JsonDocument.Parse(frame);
        Assert.Equal(JsonValueKind.Object, json.RootElement.ValueKind);
        return frame;
    }
}
