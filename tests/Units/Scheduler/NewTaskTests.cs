using System.Text.Json;
using Agents.Contracts.Scheduler;
using Agents.Scheduler.Dispatch;
using Agents.Scheduler.Tasks;
using TaskStatus = Agents.Contracts.Scheduler.TaskStatus;

namespace Agents.Tests.Units.Scheduler;

public sealed class NewTaskTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Stage_NothingToWaitFor_QueuedFromNowOn()
    {
        var task = Of(new(Priority: new(10)));

        Assert.Equal((Stage.Queued, TaskStatus.Queued, Rank.Of(Now, 10)), (task.Stage, task.Status, task.Rank));
        Assert.Equal(Rank.Of(Now, 0), Of(new()).Rank);
    }

    [Fact]
    public void Stage_ItsTimeIsAhead_ScheduledWithTheRankOfThen()
    {
        var task = Of(new(NotBefore: Now.AddSeconds(5)));

        Assert.Equal((Stage.Scheduled, TaskStatus.Scheduled, Rank.Of(Now.AddSeconds(5), 0)), (task.Stage, task.Status, task.Rank));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-60)]
    public void Stage_ItsTimeHasCome_QueuedAndNoEarlierThanItWasSubmitted(int seconds)
    {
        var task = Of(new(NotBefore: Now.AddSeconds(seconds)));

        Assert.Equal((Stage.Queued, Rank.Of(Now, 0)), (task.Stage, task.Rank));
    }

    [Fact]
    public void Stage_Depends_BlockedWhateverItsTimeAndRankedWhenItIsReady()
    {
        var task = Of(new(NotBefore: Now.AddSeconds(5), Priority: new(3)), Guid.NewGuid());

        Assert.Equal((Stage.Blocked, TaskStatus.Blocked, Rank.Unready(3)), (task.Stage, task.Status, task.Rank));
    }

    [Fact]
    public void IsSimple_NeitherDependenciesNorDedupKey()
    {
        Assert.True(Of(new()).IsSimple);
        Assert.False(Of(new(DedupKey: "k")).IsSimple);
        Assert.False(Of(new(), Guid.NewGuid()).IsSimple);
    }

    [Theory]
    [InlineData(DependencyFailure.Run, true)]
    [InlineData(DependencyFailure.Fail, false)]
    [InlineData(null, false)]
    public void RunsAnyway_OnlyWhereItIsAskedFor(string? policy, bool runs) => Assert.Equal(runs, Of(new(OnDependencyFailure: policy)).RunsAnyway);

    [Theory]
    [InlineData("""{"a": 1}""", """{"a": 1}""")]
    [InlineData("0", "0")]
    [InlineData("null", null)]
    public void Json_Element_AsItWasWritten(string json, string? kept) => Assert.Equal(kept, NewTask.Json(JsonElement.Parse(json)));

    [Fact]
    public void Json_Nothing_IsNull()
    {
        Assert.Null(NewTask.Json((JsonElement?)null));
        Assert.Null(NewTask.Json((JsonElement?)default(JsonElement)));
        Assert.Null(NewTask.Json<RetryPolicy>(null));
        Assert.Equal("""{"backoff":2}""", NewTask.Json(new RetryPolicy(2)));
    }

    [Theory]
    [InlineData(nameof(Stage.Blocked), false, TaskStatus.Blocked)]
    [InlineData(nameof(Stage.Scheduled), false, TaskStatus.Scheduled)]
    [InlineData(nameof(Stage.Queued), true, TaskStatus.Queued)]
    [InlineData(nameof(Stage.Held), false, TaskStatus.Assigned)]
    [InlineData(nameof(Stage.Held), true, TaskStatus.Running)]
    public void Status_OfAStage_AsItIsShown(string stage, bool started, string status) => Assert.Equal(status, Enum.Parse<Stage>(stage).Status(started));

    private static NewTask Of(SubmitTaskRequest request, params Guid[] on) => new(Guid.NewGuid(), request, "me", false, Now, on);
}
