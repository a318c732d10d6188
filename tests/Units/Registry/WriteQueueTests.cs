using Agents.Contracts.Registry;
using Agents.Registry.Metrics;

namespace Agents.Tests.Units.Registry;

public sealed class WriteQueueTests
{
    private readonly WriteQueue _queue = new(10);

    [Fact]
    public void TryAdd_NoRoom_IsRefusedUntilSomeAreTaken()
    {
        Assert.NotNull(_queue.TryAdd(Points(6)));
        Assert.Null(_queue.TryAdd(Points(5)));

        Assert.Single(_queue.Take(1));

        Assert.NotNull(_queue.TryAdd(Points(10)));
    }

    [Fact]
    public void Withdraw_WhileItWaits_IsNeverWrittenAndLeavesItsRoom()
    {
        var (first, second) = (_queue.TryAdd(Points(6))!, _queue.TryAdd(Points(4))!);

        _queue.Withdraw(first);

        Assert.NotNull(_queue.TryAdd(Points(6)));
        Assert.Same(second, _queue.Take(1).Single());
    }

    [Fact]
    public void Withdraw_AfterItWasTaken_LeavesTheRoomAsItIs()
    {
        var waiting = _queue.TryAdd(Points(6))!;
        _queue.Take(1);

        _queue.Withdraw(waiting);

        Assert.True(waiting.Withdrawn);
        Assert.NotNull(_queue.TryAdd(Points(10)));
        Assert.Null(_queue.TryAdd(Points(1)));
    }

    private static MetricPoint[] Points(int count) => [.. Enumerable.Repeat(new MetricPoint("d", null, "n", 1, DateTimeOffset.UnixEpoch), count)];
}
