using Agents.Contracts.Scheduler;
using Agents.Scheduler.Attempts;
using TaskStatus = Agents.Contracts.Scheduler.TaskStatus;

namespace Agents.Tests.Units.Scheduler;

public sealed class AcksTests
{
    [Theory]
    [InlineData(2, TaskStatus.Done, null, null, 1, AckReason.Superseded)]
    [InlineData(2, null, null, "other", 1, AckReason.Superseded)]
    [InlineData(1, TaskStatus.Done, null, null, 1, AckReason.AlreadyStored)]
    [InlineData(1, TaskStatus.Done, null, null, null, AckReason.AlreadyStored)]
    [InlineData(1, TaskStatus.Failed, TaskErrorKind.Crashed, null, 1, AckReason.AlreadyStored)]
    [InlineData(1, TaskStatus.Failed, TaskErrorKind.Timeout, null, 1, AckReason.Ended)]
    [InlineData(1, TaskStatus.Failed, TaskErrorKind.DeviceLost, null, 1, AckReason.Ended)]
    [InlineData(1, TaskStatus.Canceled, TaskErrorKind.Canceled, null, 1, AckReason.Ended)]
    [InlineData(1, null, null, null, 1, AckReason.AlreadyStored)]
    [InlineData(1, null, null, "other", 1, AckReason.Unknown)]
    [InlineData(1, null, null, "h", 1, AckReason.Ended)]
    [InlineData(1, null, null, null, null, AckReason.Unknown)]
    [InlineData(1, null, null, null, 2, AckReason.Unknown)]
    [InlineData(1, TaskStatus.Failed, null, null, 1, AckReason.AlreadyStored)]
    public void ReasonOf_LateReport_SaysWhy(int attempt, string? status, string? kind, string? holder, int? said, string reason) =>
        Assert.Equal(reason, Acks.ReasonOf(new(WordKind.Result, "h", "c", Guid.Empty.ToString(), said), new(Guid.Empty, attempt, status, kind, holder)));

    [Fact]
    public void ReasonOf_NoSuchTask_Unknown() => Assert.Equal(AckReason.Unknown, Acks.ReasonOf(new(WordKind.Result, "h", "c", Guid.Empty.ToString(), 1), null));
}
