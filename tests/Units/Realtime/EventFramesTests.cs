using System.Text.Json;
using Agents.Contracts.Realtime;
using Agents.Contracts.Scheduler;
using Agents.Realtime.Work;

namespace Agents.Tests.Units.Realtime;

public sealed class EventFramesTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_AState_SaysWhichAndWhy()
    {
        var frame = EventFrames.Of(Item("failed", """{"kind":"crashed","message":"m"}"""));

        Assert.Equal(new TaskStatePayload("t", "1.2", "failed", 3, "a", At, 4, Error: new("crashed", "m")), frame);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("[]")]
    [InlineData("""{"kind":"crashed"}""")]
    [InlineData("""{"message":"m"}""")]
    public void Of_AStateWithoutAFault_HasNone(string? data) => Assert.Null(((TaskStatePayload)EventFrames.Of(Item("queued", data))).Error);

    [Fact]
    public void Of_Progress_IsWhatTheAgentSaid()
    {
        var item = Item(null, "\"hello\"");
        var frame = Assert.IsType<TaskProgressPayload>(EventFrames.Of(item));

        Assert.Equal(new TaskProgressPayload("t", "1.2", 4, 3, "a", "text", item.Event.Data, 50, At), frame);
    }

    [Fact]
    public void Of_AQuestion_IsTheQuestion()
    {
        var frame = Assert.IsType<TaskQuestionPayload>(EventFrames.Of(Item(
            null, """{"question_id":"q","kind":"permission","title":"May I?","detail":null,"options":["allow","deny"],"default":"deny","expires_at":"2026-11-20T00:00:00Z"}""", kind: "question")));

        Assert.Equal(("t", 3, "q", "permission", "May I?", "deny"), (frame.TaskId, frame.Attempt, frame.QuestionId, frame.Kind, frame.Title, frame.Default));
        Assert.Equal(["allow", "deny"], frame.Options);
    }

    [Fact]
    public void Of_AnAnswer_IsWhoSaidWhat() => Assert.Equal(
        new TaskAnswerPayload("t", "1.2", 4, 3, "a", At, "q", true, null, "go", "u", "Ann"),
        EventFrames.Of(Item(null, """{"question_id":"q","by":"u","name":"Ann","allow":true,"text":"go"}""", kind: "answer")));

    [Fact]
    public void Of_AnExpiry_HasNoAnswer() => Assert.Equal(
        new TaskAnswerPayload("t", "1.2", 4, 3, "a", At, "q", null, null, null, "expired", null),
        EventFrames.Of(Item(null, """{"question_id":"q","by":"expired"}""", kind: "answer")));

    [Fact]
    public void Of_AMessage_IsWhatAPersonSaid() => Assert.Equal(
        new TaskMessagePayload("t", "1.2", 4, 3, "a", At, "faster", "u", "Ann"),
        EventFrames.Of(Item(null, """{"text":"faster","from":"u","name":"Ann"}""", kind: "message")));

    private static TaskEventItem Item(string? status, string? data = null, string? agent = "a", string kind = "text") => new(
        "t", "me", new("1.2", 4, status is null ? kind : "state", status, 3, agent, "d", At, data is null ? null : JsonElement.Parse(data), status is null ? 50 : null));
}
