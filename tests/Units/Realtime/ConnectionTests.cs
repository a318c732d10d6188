using Agents.Contracts.Realtime;
using Agents.Realtime.Hub;

namespace Agents.Tests.Units.Realtime;

public sealed class ConnectionTests
{
    private static readonly DevicePeer Device = new("d", 1, [], true);

    private readonly ManualTimeProvider _time = new();
    private readonly Wire _wire = new();

    [Fact]
    public async Task Send_ManyFrames_GoOutInOrderAndTheCloseLast()
    {
        var connection = _wire.Connect(Device, new(), _time);
        _wire.Read(3);
        connection.Send("1");
        connection.Send("2");
        connection.Send("3");
        await UntilAsync(() => _wire.Sent.Count == 3);

        connection.Close(4401, "out");
        connection.Close(4409, "too late");
        await connection.EndAsync();

        Assert.Equal(["1", "2", "3"], _wire.Sent);
        Assert.Equal((4401, "out"), _wire.Closed);
    }

    [Fact]
    public async Task Send_MoreThanMayWait_ClosesWithTooSlow()
    {
        var connection = _wire.Connect(Device, new() { MaxQueuedFrames = 10 }, _time);

        for (var i = 0; i < 20; i++)
        {
            connection.Send("frame");
        }

        Assert.True(connection.IsClosing);
        _wire.Read(1);
        await connection.EndAsync();
        Assert.Equal(CloseCode.TooSlow, _wire.Closed?.Code);
        Assert.InRange(_wire.Sent.Count, 0, 1);
    }

    [Fact]
    public async Task EndIfStuck_FrameOnItsWayForLong_Aborts()
    {
        var connection = _wire.Connect(Device, new() { SendLimit = TimeSpan.FromSeconds(10) }, _time);
        connection.Send("frame");
        await UntilAsync(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(11));
            connection.EndIfStuck();
            return _wire.Aborted;
        });

        Assert.True(connection.IsClosing);
    }

    [Fact]
    public void EndIfStuck_IdleForLong_StaysOpen()
    {
        var connection = _wire.Connect(Device, new(), _time);
        _time.Advance(TimeSpan.FromHours(1));

        connection.EndIfStuck();

        Assert.False(connection.IsClosing || _wire.Aborted);
    }

    [Fact]
    public async Task Room_HalfOfItWaits_ComesWhenItIsRead()
    {
        var connection = _wire.Connect(Device, new() { MaxQueuedFrames = 10 }, _time);
        for (var i = 0; i < 9; i++)
        {
            connection.Send("frame");
        }

        var room = connection.RoomAsync(TestContext.Current.CancellationToken).AsTask();
        Assert.False(room.IsCompleted);
        _wire.Read(9);

        await room.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Rate_ASecondsWorthAtOnce_ThenOneByOne()
    {
        var rate = new Rate(100, _time);
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(TimeSpan.Zero, rate.Take());
        }

        Assert.Equal(TimeSpan.FromMilliseconds(10), rate.Take());
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(TimeSpan.Zero, rate.Take());
    }

    private static async Task UntilAsync(Func<bool> isTrue)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(10));
        while (!isTrue())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
