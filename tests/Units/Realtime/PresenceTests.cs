using Agents.Contracts.Registry;
using Agents.Realtime.Hub;
using Agents.Realtime.Presence;
using Microsoft.Extensions.Options;

namespace Agents.Tests.Units.Realtime;

public sealed class PresenceTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly Roster _roster = new();
    private readonly PresenceBook _book;

    public PresenceTests() => _book = new(_roster, Options.Create(new HubOptions()), _time);

    [Fact]
    public void Joined_DeviceWithAnAgent_BothAreReportedAndTheAgentIsPushed()
    {
        Join("d", "a");

        Assert.Equal(("a", "online", true), Only(_book.TakeChanges()));
        Assert.Equal([(PresenceKind.Device, "d", "online"), (PresenceKind.Agent, "a", "online")], Report());
        Assert.Empty(Report());
    }

    [Fact]
    public void Left_BackWithinTheGrace_NobodyHearsOfIt()
    {
        var first = Join("d", "a");
        _book.Say(first, "a", "busy", 1);
        Settle();

        _book.Left(first);
        _time.Advance(TimeSpan.FromSeconds(4));
        Join("d", "a");
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Empty(_book.TakeChanges());
        Assert.Empty(Report());
        Assert.Equal("busy", _book.Find("a")?.Status);
    }

    [Fact]
    public void Left_GraceIsOver_IsGoneOnceAndForAll()
    {
        var connection = Join("d", "a");
        Settle();

        _book.Left(connection);
        Assert.Empty(_book.TakeChanges());
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(("a", "offline", false), Only(_book.TakeChanges()));
        Assert.Equal([(PresenceKind.Device, "d", "offline"), (PresenceKind.Agent, "a", "offline")], Report());
        Assert.Null(_roster.Find("a"));
        Assert.Empty(_book.Online(_ => true));
    }

    [Fact]
    public void Left_ReplacedConnection_ChangesNothing()
    {
        var old = Join("d", "a");
        Join("d", "a");
        Settle();

        _book.Left(old);
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Empty(_book.TakeChanges());
    }

    [Fact]
    public void Left_DeviceWhileTheAgentHasAProcessOfItsOwn_TheAgentStays()
    {
        var device = Join("d", "a");
        _book.Joined(new Wire().Connect(new AgentPeer(_roster.Find("a")!), new(), _time));
        Settle();

        _book.Left(device);
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Empty(_book.TakeChanges());
        Assert.Equal("online", _book.Find("a")?.Status);
        Assert.Equal([(PresenceKind.Device, "d", "offline")], Report().Where(entry => entry.Item3 == "offline"));
    }

    [Fact]
    public void Say_SameAgain_IsNoChange()
    {
        var device = Join("d", "a");
        _book.Say(device, "a", "busy", 2);
        Settle();

        _book.Say(device, "a", "busy", 2);

        Assert.Empty(_book.TakeChanges());
    }

    [Fact]
    public void Say_Offline_IsPushedAndItIsNotThereAnyMore()
    {
        var device = Join("d", "a");
        Settle();

        _book.Say(device, "a", "offline", 0);

        Assert.Equal(("a", "offline", false), Only(_book.TakeChanges()));
        Assert.Null(_book.Find("a"));
        Assert.Empty(_book.Online(_ => true));
    }

    [Fact]
    public void Report_ThatDidNotArrive_GoesIntoTheNext()
    {
        Join("d", "a");
        var lost = _book.TakeReport(TimeSpan.FromHours(1), 100);

        _book.Unreported(lost);

        Assert.Equal(2, Report().Count);
    }

    [Fact]
    public void Report_HeartbeatsAreOld_AreSaidAgain()
    {
        Join("d", "a");
        Settle();
        _time.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal(2, _book.TakeReport(TimeSpan.FromSeconds(30), 100).Count);
    }

    [Fact]
    public void Moved_ToADeviceThatIsNotHere_IsGoneAfterTheGrace()
    {
        Join("d", "a");
        Settle();

        _book.Saved(1, Wire.Agent("a", "elsewhere"));
        _book.TakeChanges();
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(("a", "offline", false), Only(_book.TakeChanges()));
    }

    [Fact]
    public void ListParts_TenThousandAgents_FitIntoFrames()
    {
        var changes = Enumerable.Range(0, 10_000).Select(i => new PresenceChange(Wire.Agent($"agent-{i}"), "online", 0, true)).ToList();

        var parts = ListParts.Of(changes).ToList();

        Assert.Equal(10_000, parts.Sum(part => part.Agents.Count));
        Assert.Equal([.. Enumerable.Repeat(true, parts.Count - 1), false], parts.Select(part => part.More));
        Assert.All(parts, part => Assert.InRange(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(part, Agents.Contracts.WireJson.Options).Length, 1, 250_000));
    }

    private Connection Join(string device, params string[] agents)
    {
        var connection = Presences.Device(_time, device, [.. agents.Select(id => Wire.Agent(id, device))]);
        _book.Joined(connection);
        return connection;
    }

    private void Settle()
    {
        _book.TakeChanges();
        Report();
    }

    private List<(PresenceKind, string, string)> Report() =>
        [.. _book.TakeReport(TimeSpan.FromHours(1), 100).Select(reported => reported.Entry).Select(entry => (entry.Kind, entry.Id, entry.Status)).Order()];

    private static (string, string, bool) Only(IReadOnlyList<PresenceChange> changes)
    {
        var change = Assert.Single(changes);
        return (change.Agent.Id, change.Status, change.Appeared);
    }
}
