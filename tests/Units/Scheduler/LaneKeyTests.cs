using Agents.Contracts.Scheduler;
using Agents.Scheduler.Dispatch;

namespace Agents.Tests.Units.Scheduler;

public sealed class LaneKeyTests
{
    [Fact]
    public void Of_AskedForByName_IsOneLaneForAllCallersWhateverThePost()
    {
        var lane = LaneKey.Of(new(AgentId: "a", PostId: "p"), "me");

        Assert.Equal(new LaneKey("a", null, null, null), lane);
        Assert.Equal(lane, LaneKey.Of(new(AgentId: "a"), "you"));
    }

    [Fact]
    public void Of_AnyOfAPost_IsTheCallersOwn()
    {
        Assert.Equal(new LaneKey(null, "p", "me", null), LaneKey.Of(new(PostId: "p"), "me"));
        Assert.NotEqual(LaneKey.Of(new(PostId: "p"), "me"), LaneKey.Of(new(PostId: "p"), "you"));
        Assert.NotEqual(LaneKey.Of(new(PostId: "p"), "me"), LaneKey.Of(new(), "me"));
    }

    [Fact]
    public void Of_SameRequirementsInAnotherOrder_IsTheSameLane()
    {
        var one = Requiring(new(["b", "a", "b"], new Dictionary<string, string> { ["x"] = "1", ["y"] = "2" }));
        var other = Requiring(new(["a", "b"], new Dictionary<string, string> { ["y"] = "2", ["x"] = "1" }));

        Assert.Equal(one, other);
        Assert.Equal((one.Text, one.GetHashCode()), (other.Text, other.GetHashCode()));
    }

    [Fact]
    public void Of_NothingRequired_IsTheLaneWithoutRequirements()
    {
        var none = Requiring(null);

        Assert.Null(none.RequiresJson);
        Assert.Equal(none, Requiring(new()));
        Assert.Equal(none, Requiring(new([], new Dictionary<string, string>())));
    }

    [Fact]
    public void Of_EachThingThatIsRequired_IsALaneOfItsOwn()
    {
        LaneKey[] lanes =
        [
            Requiring(null), Requiring(new(["a"])), Requiring(new(["b"])), Requiring(new(Device: "a")), Requiring(new(["a"], Device: "a")),
            Requiring(new(Labels: new Dictionary<string, string> { ["a"] = "1" })), Requiring(new(Labels: new Dictionary<string, string> { ["a"] = "2" })),
        ];

        Assert.Equal(lanes.Length, lanes.Distinct().Count());
        Assert.Equal(lanes.Length, lanes.Select(lane => lane.Text).Distinct().Count());
    }

    [Fact]
    public void Text_NamesThatLookLikeEachOther_DoNotMeet() =>
        Assert.Equal(4, new LaneKey[] { new("a", null, null, null), new(null, "a", null, null), new(null, null, "a", null), new("a\",null", null, null, null) }
            .Select(lane => lane.Text).Distinct().Count());

    [Fact]
    public void Equals_Nothing_IsFalse() => Assert.False(new LaneKey("a", null, null, null).Equals(null));

    private static LaneKey Requiring(Requirements? requires) => LaneKey.Of(new(Requires: requires), "me");
}
