using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Realtime;
using Agents.Contracts.Scheduler;
using Agents.Realtime.Work;

namespace Agents.Tests.Units.Realtime;

public sealed class TaskFollowerTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("me", Roles.User, null, true)]
    [InlineData("you", Roles.User, null, false)]
    [InlineData("you", Roles.Viewer, null, false)]
    [InlineData("you", Roles.Operator, null, true)]
    [InlineData("you", Roles.Admin, null, true)]
    [InlineData("me", Roles.User, "a", true)]
    [InlineData("me", Roles.User, "b", false)]
    [InlineData("you", Roles.Admin, "a", true)]
    [InlineData("you", Roles.Admin, "b", false)]
    public void Sees_OnesOwnOrAllWhereOneRunsThePlace_OfWhatIsWatched(string who, string role, string? watched, bool sees) =>
        Assert.Equal(sees, TaskFollower.Sees(People.Person(who, role, watched), Item(status: "queued")));

    [Fact]
    public void Sees_NobodyHasItYet_IsNothingForWhoWatchesOneAgent() =>
        Assert.False(TaskFollower.Sees(People.Person("me", watched: "a"), Item(status: "queued", agent: null)));

    [Fact]
    public void FrameOf_AState_SaysWhichAndWhy()
    {
        var frame = TaskFollower.FrameOf(Item("failed", """{"kind":"crashed","message":"m"}"""));

        Assert.Equal(new TaskStatePayload("t", "1.2", "failed", 3, "a", At, 4, Error: new("crashed", "m")), frame);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("[]")]
    [InlineData("""{"kind":"crashed"}""")]
    [InlineData("""{"message":"m"}""")]
    public void FrameOf_AStateWithoutAFault_HasNone(string? data) => Assert.Null(((TaskStatePayload)TaskFollower.FrameOf(Item("queued", data))).Error);

    [Fact]
    public void FrameOf_Progress_IsWhatTheAgentSaid()
    {
        var item = Item(null, "\"hello\"");
        var frame = Assert.IsType<TaskProgressPayload>(TaskFollower.FrameOf(item));

        Assert.Equal(new TaskProgressPayload("t", "1.2", 4, 3, "a", "text", item.Event.Data, 50, At), frame);
    }

    private static TaskEventItem Item(string? status, string? data = null, string? agent = "a") => new(
        "t", "me", new("1.2", 4, status is null ? "text" : "state", status, 3, agent, "d", At, data is null ? null : JsonElement.Parse(data), status is null ? 50 : null));
}
