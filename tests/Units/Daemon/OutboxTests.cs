using Agents.Contracts.Realtime;
using Agents.Daemon.Link;

namespace Agents.Tests.Units.Daemon;

public class OutboxTests
{
    private readonly Outbox _outbox = new(capacity: 3);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Put_FullWithMetrics_DropsTheOldestMetricsOnly()
    {
        await PutAsync("first");
        await PutAsync(FrameType.Metrics, 1);
        await PutAsync(FrameType.Metrics, 2);

        await PutAsync("last");

        Assert.Equal(["first", "metrics 2", "last"], await EmptyAsync(3));
        Assert.Equal(1, _outbox.Dropped);
    }

    [Fact]
    public async Task Put_FullOfOtherThings_DropsTheNewMetrics()
    {
        foreach (var type in new[] { "a", "b", "c" })
        {
            await PutAsync(type);
        }

        await PutAsync(FrameType.Metrics, 1);

        Assert.Equal(["a", "b", "c"], await EmptyAsync(3));
    }

    [Fact]
    public async Task Put_FullOfOtherThings_AnotherOneWaitsForRoom()
    {
        foreach (var type in new[] { "a", "b", "c" })
        {
            await PutAsync(type);
        }

        var waiting = PutAsync("d");
        Assert.False(waiting.IsCompleted);
        _outbox.Remove(await _outbox.FirstAsync(Cancelled));
        await waiting.WaitAsync(TimeSpan.FromSeconds(5), Cancelled);

        Assert.Equal(["b", "c", "d"], await EmptyAsync(3));
    }

    [Fact]
    public async Task Put_ProgressWithoutEnd_TheOldestGivesWayAndNothingElse()
    {
        var outbox = new Outbox();
        await outbox.PutAsync(new(FrameType.Metrics, [0]), Cancelled);
        for (var n = 0; n < Outbox.MostProgress + 10; n++)
        {
            Assert.True(outbox.TryPut(new(FrameType.TaskProgress, [(byte)n])));
        }

        Assert.Equal(10, outbox.Dropped);
        Assert.Equal(FrameType.Metrics, (await outbox.FirstAsync(Cancelled)).Type);
        outbox.Remove(await outbox.FirstAsync(Cancelled));
        Assert.Equal(10, (await outbox.FirstAsync(Cancelled)).Payload[0]);
    }

    [Fact]
    public async Task First_NotRemoved_IsStillTheFirst()
    {
        await PutAsync("a");
        await PutAsync("b");

        Assert.Same(await _outbox.FirstAsync(Cancelled), await _outbox.FirstAsync(Cancelled));
    }

    private Task PutAsync(string type, byte mark = 0) => _outbox.PutAsync(new(type, [mark]), Cancelled).AsTask();

    private async Task<List<string>> EmptyAsync(int count)
    {
        var all = new List<string>();
        while (all.Count < count)
        {
            var frame = await _outbox.FirstAsync(Cancelled).AsTask().WaitAsync(TimeSpan.FromSeconds(5), Cancelled);
            _outbox.Remove(frame);
            all.Add(frame.Payload[0] > 0 ? $"{frame.Type} {frame.Payload[0]}" : frame.Type);
        }

        return all;
    }
}
