using Agents.Contracts.Registry;
using Agents.Contracts.Scheduler;
using Agents.Scheduler.Dispatch;
using static Agents.Tests.Units.Scheduler.Workers;

namespace Agents.Tests.Units.Scheduler;

public sealed class PlacementTests
{
    private static readonly Burden Free = new(0, 0, 0);

    [Fact]
    public void Match_AskedForByName_OnlyThatOneAndAlsoAPrivateOne()
    {
        var lane = new LaneKey("a", null, null, null);

        Assert.Equal(Fit.Eligible, Placement.Match(Of(Agent("a", visibility: AgentVisibility.Private)), lane));
        Assert.Equal(Fit.OtherAgent, Placement.Match(Of(Agent("b")), lane));
    }

    [Fact]
    public void Match_OfAPost_ItsAgentsThatTheOwnerMayUse()
    {
        var lane = new LaneKey(null, "p", "me", null);

        Assert.Equal(Fit.Eligible, Placement.Match(Of(Agent("a", post: "p")), lane));
        Assert.Equal(Fit.OtherPost, Placement.Match(Of(Agent("a", post: "q")), lane));
        Assert.Equal(Fit.NotSeen, Placement.Match(Of(Agent("a", post: "p", owner: "you", visibility: AgentVisibility.Private)), lane));
        Assert.Equal(Fit.Eligible, Placement.Match(Of(Agent("a", post: "p", owner: "me", visibility: AgentVisibility.Private)), lane));
        Assert.Equal(Fit.NotSeen, Placement.Match(Of(Agent("a", post: "p", visibility: AgentVisibility.Private)), lane with { Owner = null }));
    }

    [Fact]
    public void Match_WhatIsRequired_OfTheAgentOrItsDevice()
    {
        var device = Device("d", can: ["git"], labels: new() { ["zone"] = "eu", ["disk"] = "ssd" });
        var worker = Of(Agent("a", device: "d", can: ["chat"], labels: new() { ["zone"] = "us" }), device);

        Fit With(Requirements requires) => Placement.Match(worker, new(null, null, "me", requires));

        Assert.Equal(Fit.Eligible, With(new(["chat", "git"])));
        Assert.Equal(Fit.LacksCapability, With(new(["chat", "fly"])));
        Assert.Equal(Fit.Eligible, With(new(Labels: new Dictionary<string, string> { ["zone"] = "us", ["disk"] = "ssd" })));
        Assert.Equal(Fit.LacksLabel, With(new(Labels: new Dictionary<string, string> { ["zone"] = "eu" })));
        Assert.Equal(Fit.LacksLabel, With(new(Labels: new Dictionary<string, string> { ["colour"] = "red" })));
        Assert.Equal(Fit.Eligible, With(new(Device: "d")));
        Assert.Equal(Fit.OtherDevice, With(new(Device: "e")));
    }

    [Fact]
    public void Match_NotThereOrDraining_IsToldAfterWhatItLacks()
    {
        var lane = new LaneKey("a", null, null, null);

        Assert.Equal(Fit.NotThere, Placement.Match(Of(Agent("a"), holder: null), lane));
        Assert.Equal(Fit.Draining, Placement.Match(Of(Agent("a", device: "d"), Device("d", draining: true)), lane));
        Assert.Equal(Fit.LacksCapability, Placement.Match(Of(Agent("a"), holder: null), lane with { Requires = new(["x"]) }));
    }

    [Fact]
    public void Room_AgentsPlacesThenTheDevices()
    {
        var worker = Of(Agent("a", device: "d", concurrency: 2), Device("d", concurrency: 3));

        Assert.Equal(Fit.Eligible, Placement.Room(worker, new(1, 2, 0)));
        Assert.Equal(Fit.Busy, Placement.Room(worker, new(2, 2, 0)));
        Assert.Equal(Fit.DeviceBusy, Placement.Room(worker, new(1, 3, 0)));
        Assert.Equal(Fit.Eligible, Placement.Room(Of(Agent("a")), new(1, 1000, 0)));
    }

    [Fact]
    public void Compare_SmallerShareThenLessLoadThenLongerIdle()
    {
        var (small, large) = (Of(Agent("s", concurrency: 1)), Of(Agent("l", concurrency: 4)));
        Assert.True(Placement.Compare(large, new(1, 0, 0), small, new(1, 0, 0)) < 0);
        Assert.True(Placement.Compare(small, Free, large, new(1, 0, 0)) < 0);

        var (calm, hot) = (Of(Agent("c"), load: 0.1), Of(Agent("h"), load: 0.9));
        Assert.True(Placement.Compare(calm, new(1, 0, 9), hot, new(1, 0, 1)) < 0);
        Assert.True(Placement.Compare(calm, new(1, 0, 1), calm, new(1, 0, 2)) < 0);
        Assert.Equal(0, Placement.Compare(calm, Free, calm, Free));
    }
}
