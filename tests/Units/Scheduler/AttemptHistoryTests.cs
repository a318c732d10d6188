using System.Text.Json;
using Agents.Contracts.Scheduler;
using Agents.Scheduler.Events;

namespace Agents.Tests.Units.Scheduler;

public sealed class AttemptHistoryTests
{
    private static readonly DateTimeOffset Begin = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_LostAndTriedAgain_TwoAttempts()
    {
        var attempts = AttemptHistory.Of(
        [
            State(1, "queued", 0), State(2, "assigned", 1), State(3, "running", 1), State(4, "queued", 1, """{"kind":"device_lost","message":"gone"}"""),
            State(5, "assigned", 2), State(6, "running", 2), State(7, "done", 2),
        ]);

        Assert.Equal([("failed", "device_lost"), ("done", null)], attempts.Select(a => (a.Status, a.Error?.Kind)));
        Assert.Equal((Begin.AddSeconds(2), Begin.AddSeconds(3), Begin.AddSeconds(4)), (attempts[0].AssignedAt, attempts[0].StartedAt, attempts[0].EndedAt));
    }

    [Fact]
    public void Of_GoesOnAfterItsLease_OneAttemptThatRuns()
    {
        var attempt = Assert.Single(AttemptHistory.Of([State(1, "assigned", 1), State(2, "running", 1), State(3, "queued", 1, """{"kind":"device_lost","message":""}"""), State(4, "running", 1)]));

        Assert.Equal(("running", null, null, Begin.AddSeconds(2)), (attempt.Status, attempt.EndedAt, attempt.Error, attempt.StartedAt));
    }

    [Fact]
    public void Of_NeverAssigned_None() => Assert.Empty(AttemptHistory.Of([State(1, "queued", 0), State(2, "canceled", 0)]));

    [Fact]
    public void Of_FailedAndQueuedAgainAfterItsPause_KeepsWhyItFailed()
    {
        var attempt = Assert.Single(AttemptHistory.Of(
            [State(1, "assigned", 1), State(2, "running", 1), State(3, "scheduled", 1, """{"kind":"crashed","message":"m"}"""), State(4, "queued", 1)]));

        Assert.Equal(("failed", new TaskFault("crashed", "m"), Begin.AddSeconds(3)), (attempt.Status, attempt.Error, attempt.EndedAt));
    }

    [Fact]
    public void Of_CanceledWhileItWaitsForTheNext_TheLastOneStaysFailed()
    {
        var attempts = AttemptHistory.Of([State(1, "assigned", 1), State(2, "queued", 1, """{"kind":"refused","message":"m"}"""), State(3, "canceled", 1)]);

        Assert.Equal(("failed", "refused", null), (attempts[0].Status, attempts[0].Error?.Kind, attempts[0].StartedAt));
    }

    [Fact]
    public void Of_ResultAfterItsLease_OneAttemptThatIsDone()
    {
        var attempt = Assert.Single(AttemptHistory.Of([State(1, "assigned", 1), State(2, "running", 1), State(3, "queued", 1, """{"kind":"device_lost","message":""}"""), State(4, "done", 1)]));

        Assert.Equal(("done", null, Begin.AddSeconds(4)), (attempt.Status, attempt.Error, attempt.EndedAt));
    }

    [Fact]
    public void Of_AsksAPerson_HasNotEnded()
    {
        var attempt = Assert.Single(AttemptHistory.Of([State(1, "assigned", 1), State(2, "running", 1), State(3, "waiting", 1)]));

        Assert.Equal(("waiting", null, Begin.AddSeconds(2)), (attempt.Status, attempt.EndedAt, attempt.StartedAt));
    }

    [Theory]
    [InlineData("""{"kind":"crashed"}""")]
    [InlineData("""{"message":"m"}""")]
    [InlineData("[]")]
    [InlineData(null)]
    public void Of_EndWithoutAFault_HasNone(string? data) => Assert.Null(AttemptHistory.Of([State(1, "assigned", 1), State(2, "failed", 1, data)])[0].Error);

    private static TaskEventView State(long number, string status, int attempt, string? data = null) =>
        new($"1.{number}", number, "state", status, attempt, "a", null, Begin.AddSeconds(number), data is null ? null : JsonElement.Parse(data), null);
}
