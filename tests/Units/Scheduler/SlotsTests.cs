using Agents.Scheduler.Dispatch;

namespace Agents.Tests.Units.Scheduler;

public sealed class SlotsTests
{
    private readonly Slots _slots = new();
    private readonly Guid _task = Guid.NewGuid();

    [Fact]
    public void Reserve_ThenNamed_IsOnePlaceOfAgentAndDevice()
    {
        _slots.Reserve("a", "d", 5);
        _slots.Name(_task, 1, "a", "d", 5);

        Assert.Equal(new Burden(1, 1, 5), _slots.Of("a", "d"));
        Assert.Equal(0, _slots.Of("b", null).Running);
    }

    [Fact]
    public void Free_Twice_FreesOnce()
    {
        _slots.Take(_task, 1, "a", "d", 0);
        _slots.Take(_task, 2, "a", "d", 0);

        Assert.Equal("a", _slots.Free(_task, 1, 9));
        Assert.Null(_slots.Free(_task, 1, 9));
        Assert.Equal(new Burden(1, 1, 9), _slots.Of("a", "d"));
    }

    [Fact]
    public void Take_Twice_TakesOnce()
    {
        _slots.Take(_task, 1, "a", null, 0);
        _slots.Take(_task, 1, "a", null, 0);

        Assert.Equal(1, _slots.Of("a", null).Running);
    }

    [Fact]
    public void Name_OneThatIsTakenAlready_GivesTheReservationBack()
    {
        _slots.Take(_task, 1, "a", "d", 0);
        _slots.Reserve("a", "d", 0);
        _slots.Name(_task, 1, "a", "d", 0);

        Assert.Equal(1, _slots.Of("a", "d").Running);
    }

    [Fact]
    public void KeepOnly_Others_AreFree()
    {
        _slots.Take(_task, 1, "a", "d", 0);
        _slots.Take(_task, 2, "b", "d", 0);

        Assert.True(_slots.KeepOnly(new HashSet<(Guid, int)> { (_task, 2) }, 0));
        Assert.False(_slots.KeepOnly(new HashSet<(Guid, int)> { (_task, 2) }, 0));
        Assert.Equal((0, 1, 1), (_slots.Of("a", "d").Running, _slots.Of("b", "d").Running, _slots.Of("b", "d").DeviceRunning));
    }
}
