using Agents.Realtime.Hub;
using Agents.Realtime.Work;

namespace Agents.Tests.Units.Realtime;

public sealed class HoldersTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly Connections _connections = new();
    private readonly HubOptions _options = new();
    private readonly Holders _holders;

    public HoldersTests() => _holders = new(_connections, _options);

    [Fact]
    public void TakesTasks_AgentsAndDevicesThatHaveTheWords()
    {
        Assert.True(Holders.TakesTasks(Ears.Device("d")));
        Assert.True(Holders.TakesTasks(new AgentPeer(Wire.Agent("a"))));
        Assert.False(Holders.TakesTasks(Ears.Device("d", takesTasks: false)));
        Assert.False(Holders.TakesTasks(People.Person("me")));
    }

    [Fact]
    public void TakesTasks_AnAgentThatTakesNoneAnyMore_StillSpeaksOfThoseItHas()
    {
        var agent = new AgentPeer(Wire.Agent("a")) { TakesTasks = false };

        Assert.False(Holders.TakesTasks(agent));
        Assert.True(Holders.SpeaksOfTasks(agent));
        Assert.False(Holders.SpeaksOfTasks(Ears.Device("d", takesTasks: false)));
        Assert.False(Holders.SpeaksOfTasks(People.Person("me")));
    }

    [Fact]
    public void Silent_HasWorkAndNeverNamesIt_UntilItDoes()
    {
        var (idle, busy) = (Come("idle"), Come("busy"));
        _holders.HasWork(busy);
        Assert.Equal([busy], _holders.Silent());

        _holders.NamesItsWork(busy);
        _holders.HasWork(busy);

        Assert.Empty(_holders.Silent());
        Assert.DoesNotContain(idle, _holders.Silent());
    }

    [Fact]
    public void Silent_NotHeardOfForTooLong_NobodySaysItForThem()
    {
        var busy = Come("busy");
        _holders.HasWork(busy);

        _time.Advance(_options.SilentAfter);
        Assert.Equal([busy], _holders.Silent());
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Empty(_holders.Silent());
        busy.Heard();
        Assert.Equal([busy], _holders.Silent());
    }

    [Fact]
    public void Silent_IsBeingClosed_NobodySaysItForIt()
    {
        var busy = Come("busy");
        _holders.HasWork(busy);
        busy.Close(4000, "ends");

        Assert.Empty(_holders.Silent());
    }

    [Fact]
    public void Left_AReplacedConnection_TakesNothingFromTheNewOne()
    {
        var (old, newest) = (Come("d"), Come("d"));
        _holders.HasWork(old);
        _holders.HasWork(newest);

        _holders.Left(old);
        Assert.Equal([newest], _holders.Silent());
        _holders.Left(newest);
        _holders.Left(newest);
        Assert.Empty(_holders.Silent());
    }

    [Fact]
    public void HasWork_ANewConnection_IsSilentUntilItNamesItsOwnWork()
    {
        _holders.NamesItsWork(Come("d"));
        var newest = Come("d");
        _holders.HasWork(newest);

        Assert.Equal([newest], _holders.Silent());
    }

    [Fact]
    public void All_OnlyTheNewestOfEachAndNoPeople()
    {
        Come("d");
        var newest = Come("d");
        var agent = new Ears().Connect(new AgentPeer(Wire.Agent("a")), _time);
        _connections.Add(agent);
        _connections.Add(new Ears().Connect(People.Person("me"), _time));

        Assert.Equal([agent, newest], _holders.All.OrderBy(connection => connection.Peer.Key));
    }

    private Connection Come(string device)
    {
        var connection = new Ears().Connect(Ears.Device(device), _time);
        _connections.Add(connection);
        return connection;
    }
}
