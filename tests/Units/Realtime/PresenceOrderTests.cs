using Agents.Contracts.Registry;
using Agents.Realtime.Hub;
using Agents.Realtime.Presence;
using Microsoft.Extensions.Options;

namespace Agents.Tests.Units.Realtime;

/// <summary>Connections and the feed, in orders that are rare: the end is true all the same.</summary>
public sealed class PresenceOrderTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly Roster _roster = new();
    private readonly PresenceBook _book;

    public PresenceOrderTests() => _book = new(_roster, Options.Create(new HubOptions()), _time);

    [Fact]
    public void Joined_AsTheGraceEndsAfterTheAdmission_CarriesItsAgents()
    {
        var first = Join("d", 0, "a");
        var admitted = Presences.Device(_time, "d", [Wire.Agent("a", "d")]);
        _book.Left(first);
        _time.Advance(TimeSpan.FromSeconds(5));
        _book.TakeChanges();

        _book.Joined(admitted);

        Assert.Equal(["a"], _roster.CarriedBy("d").Select(agent => agent.Id));
        Assert.True(_roster.Carries("d", "a"));
        Assert.Equal("online", _book.Find("a")?.Status);
    }

    [Fact]
    public void Joined_NeverAfterTheAdmission_LeavesNothing()
    {
        Presences.Device(_time, "d", [Wire.Agent("a", "d")]);

        Assert.Empty(_roster.CarriedBy("d"));
        Assert.Null(_roster.Find("a"));
    }

    [Fact]
    public void Saved_AfterTheDeviceLeft_IsNotHeldByIt()
    {
        var device = Join("d", 0, "a");
        _book.Left(device);

        _book.Saved(1, Wire.Agent("b", "d"));
        _book.Saved(2, Wire.Agent("a", "d", AgentVisibility.Private));
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(["a offline"], _book.TakeChanges().Select(change => $"{change.Agent.Id} {change.Status}"));
        Assert.Empty(_book.Online(_ => true));
    }

    [Fact]
    public void Joined_ChangesCameAfterItsAdmission_TheyCount()
    {
        _book.Saved(1, Wire.Agent("new", "d"));
        _book.Saved(2, Wire.Agent("moved", "elsewhere"));
        _book.Deleted(3, "deleted");

        _book.Joined(Presences.Device(_time, "d", [Wire.Agent("a", "d"), Wire.Agent("moved", "d"), Wire.Agent("deleted", "d")], asOf: 0));

        Assert.Equal(["a", "new"], _roster.CarriedBy("d").Select(agent => agent.Id).Order());
        Assert.Equal(["a", "new"], _book.Online(_ => true).Select(change => change.Agent.Id).Order());
    }

    [Fact]
    public void Joined_ChangesCameBeforeItsAdmission_ItsOwnCounts()
    {
        _book.Saved(1, Wire.Agent("a", "elsewhere"));

        Join("d", 1, "a");

        Assert.True(_roster.Carries("d", "a"));
    }

    [Fact]
    public void Joined_WithWhatAnotherDeviceCarried_ThatOneIsToldAndDoesNotHoldIt()
    {
        var former = Join("former", 0, "a");

        var told = _book.Joined(Presences.Device(_time, "d", [Wire.Agent("a", "d")], asOf: 1));
        _book.Left(former);
        _time.Advance(TimeSpan.FromSeconds(5));
        _book.TakeChanges();

        Assert.Equal(["former"], told);
        Assert.Equal(["a"], _book.Online(_ => true).Select(change => change.Agent.Id));
    }

    [Fact]
    public void SavedAsOf_FeedHasSaidSomethingNewer_ThatCounts()
    {
        Join("d", 0);
        _book.Saved(2, Wire.Agent("a", "d", AgentVisibility.Private));

        _book.SavedAsOf(1, Wire.Agent("a", "d"));

        Assert.Equal(AgentVisibility.Private, _roster.Find("a")?.Visibility);
    }

    [Fact]
    public void IsOutdated_WhatChangedSinceTheAdmissionIsLost_True()
    {
        var admitted = Presences.Device(_time, "d", [], asOf: 3);
        Assert.False(_book.IsOutdated(admitted.Peer));

        _book.Missed(7);

        Assert.True(_book.IsOutdated(admitted.Peer));
    }

    [Fact]
    public void Say_ByTheDevice_TakesNothingBackOfWhatTheAgentSaysItself()
    {
        var device = Join("d", 0, "a");
        var own = Presences.Agent(_time, Wire.Agent("a", "d"));
        _book.Joined(own);
        _book.Say(own, "a", "busy", 3);

        _book.Say(device, "a", "idle", 0);
        Assert.Equal(("busy", 3), (_book.Find("a")?.Status, _book.Find("a")?.Running));
        _book.Left(own);

        Assert.Equal("idle", _book.Find("a")?.Status);
    }

    [Fact]
    public void For_WhoMaySeeItNoLonger_IsToldThatItIsGone()
    {
        Join("d", 0, "a");
        _book.TakeChanges();

        _book.Saved(1, Wire.Agent("a", "d", AgentVisibility.Private));

        var change = Assert.Single(_book.TakeChanges());
        Assert.Equal("offline", change.For(People.Person("somebody").Sees)?.Status);
        Assert.Equal("online", change.For(_ => true)?.Status);
        Assert.Null((change with { Former = null }).For(People.Person("somebody").Sees));
    }

    private Connection Join(string device, long asOf, params string[] agents)
    {
        var connection = Presences.Device(_time, device, [.. agents.Select(id => Wire.Agent(id, device))], asOf);
        _book.Joined(connection);
        return connection;
    }
}
