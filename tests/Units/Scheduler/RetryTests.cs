using Agents.Contracts.Scheduler;
using Agents.Scheduler.Attempts;

namespace Agents.Tests.Units.Scheduler;

public sealed class RetryTests
{
    [Theory]
    [InlineData(TaskErrorKind.Refused, null, 9, 0.0)]
    [InlineData(TaskErrorKind.DeviceLost, null, 2, 0.0)]
    [InlineData(TaskErrorKind.DeviceLost, null, 3, null)]
    [InlineData(TaskErrorKind.Canceled, true, 1, null)]
    [InlineData(TaskErrorKind.Crashed, null, 1, 1.0)]
    [InlineData(TaskErrorKind.Crashed, null, 2, 2.0)]
    [InlineData(TaskErrorKind.Crashed, null, 3, null)]
    [InlineData(TaskErrorKind.Crashed, false, 1, null)]
    [InlineData(TaskErrorKind.Auth, null, 1, null)]
    [InlineData(TaskErrorKind.Auth, true, 1, 1.0)]
    [InlineData(TaskErrorKind.Timeout, null, 1, 1.0)]
    [InlineData(TaskErrorKind.Quota, null, 1, 1.0)]
    [InlineData(TaskErrorKind.EmptyResult, null, 1, 1.0)]
    [InlineData(TaskErrorKind.BadOutput, null, 1, 1.0)]
    [InlineData(null, null, 1, null)]
    [InlineData(null, true, 1, 1.0)]
    public void After_KindAndOpinion_PauseInSecondsOrNone(string? kind, bool? retryable, int accepted, double? seconds) =>
        Assert.Equal(seconds, Retry.After(kind, retryable, accepted, 3, 1, 0.5)?.TotalSeconds);

    [Fact]
    public void After_ManyTries_FiveMinutesWithinAFifth()
    {
        Assert.Equal(240, Retry.After("crashed", null, 30, 100, 1, 0)!.Value.TotalSeconds, 3);
        Assert.Equal(360, Retry.After("crashed", null, 30, 100, 1, 1)!.Value.TotalSeconds, 3);
        Assert.Equal(600, Retry.After("crashed", null, 2, 100, 600, 0.5)!.Value.TotalSeconds, 3);
        Assert.Equal(TimeSpan.Zero, Retry.After("crashed", null, 2, 100, 0, 0.5));
    }
}
