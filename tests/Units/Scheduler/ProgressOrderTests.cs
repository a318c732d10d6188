using Agents.Contracts.Scheduler;
using Agents.Scheduler.Attempts;

namespace Agents.Tests.Units.Scheduler;

public sealed class ProgressOrderTests
{
    [Theory]
    [InlineData("a1:1 a1:2 a1:2 a1:1 a1:3", "a1:1 a1:2 a1:3")]
    [InlineData("a1:2 b1:1 a2:1 a1:1", "a1:2 b1:1 a2:1")]
    [InlineData("a1: a1:1 a1: a1:1", "a1: a1:1 a1:")]
    [InlineData("", "")]
    public void Rising_OfOneReport_KeepsWhatTwoReportsWould(string said, string counts) =>
        Assert.Equal(counts, string.Join(' ', ProgressOrder.Rising(said.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Word)).Select(word => $"{word.TaskId}{word.Attempt}:{word.Seq}")));

    private static HolderWord Word(string said) =>
        new(WordKind.Progress, "device:d", "1", said[..1], said[1] - '0', Seq: said.Length > 3 ? said[3] - '0' : null);
}
