using Agents.Registry.Bulk;

namespace Agents.Tests.Units.Registry;

public sealed class BulkTests
{
    [Theory]
    [InlineData("{post}-{n}", "", "dev-1 dev-2")]
    [InlineData("{post}-{n}", "dev-2 dev-7 other-9 dev-x", "dev-8 dev-9")]
    [InlineData("{device}.{n}", "c.4", "a.5 b.6")]
    [InlineData("{device}-{post}", "", "a-dev b-dev")]
    [InlineData("{n}{n}", "33", "44 55")]
    [InlineData("a(.*){n}", "a(.*)5 ab9", "a(.*)6 a(.*)7")]
    public void Make_ByThePattern_GoesOnFromTheHighestNumber(string pattern, string taken, string names) =>
        Assert.Equal(names, string.Join(' ', AgentNames.Make(pattern, "dev", ["a", "b"], taken.Split(' ')).Names));

    [Theory]
    [InlineData("worker", "")]
    [InlineData("{device}", "b")]
    [InlineData("{post}", "")]
    public void Make_NotDistinct_SaysWhichNameWouldComeTwice(string pattern, string taken) =>
        Assert.Contains("{n}", AgentNames.Make(pattern, "dev", ["a", "b"], taken.Split(' ')).Problem);

    [Fact]
    public void Make_DeviceAndNumberRunTogether_TakesTheNextFreeName() =>
        Assert.Equal(
            "x15 x6 x7 x8 x9 x10 x11 x12 x13 x16 x17",
            string.Join(' ', AgentNames.Make("{device}{n}", "p", ["x1", .. Enumerable.Repeat("x", 10)], ["x14"]).Names));

    [Fact]
    public void Make_TooLong_IsRefused() => Assert.Contains("128", AgentNames.Make("{post}-{n}", new string('p', 127), ["a"], []).Problem);

    [Fact]
    public void Over_SeveralDevices_TheFewestAgentsFirstAndWhoIsThereBeforeWhoIsNot() =>
        Assert.Equal(["b", "a", "b", "a"], Spread.Over([new("c", Online: false, 0), new("a", true, 5), new("b", true, 4)], 4));

    [Fact]
    public void Over_TheOnlineOnesAreFull_TheOthersCarryTheRest() =>
        Assert.Equal(["a", "a", "b", "c"], Spread.Over([new("a", true, 198), new("b", false, 0), new("c", false, 0), new("d", true, 200)], 4));

    [Fact]
    public void Over_NoRoomForAll_IsNone()
    {
        Assert.Null(Spread.Over([new("a", true, 198)], 3));
        Assert.Null(Spread.Over([], 1));
        Assert.Null(Spread.Over([new("a", true, 250), new("b", true, 199)], 2));
    }
}
