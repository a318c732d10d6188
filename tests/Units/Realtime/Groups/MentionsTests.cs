using Agents.Realtime.Groups.Log;

namespace Agents.Tests.Units.Realtime.Groups;

public sealed class MentionsTests
{
    private static readonly (string Key, string Name)[] Members =
    [
        ("agent:sam", "Sam"), ("agent:sam-2", "Sam Two"), ("user:u1", "老邢"), ("user:u2", "sam"), ("agent:x.y", "Ex"), ("agent:me", "Me"),
    ];

    [Theory]
    [InlineData("@老邢请看", "user:u1")]
    [InlineData("请@老邢", "user:u1")]
    [InlineData("@Sam Two, please", "agent:sam-2")]
    [InlineData("@sam-2", "agent:sam-2")]
    [InlineData("@agent:sam: you", "agent:sam")]
    [InlineData("(@user:u2)", "user:u2")]
    [InlineData("@x.y.", "agent:x.y")]
    [InlineData("@EX!", "agent:x.y")]
    [InlineData("@u1 and @u1 again", "user:u1")]
    [InlineData("@samuel", null)]
    [InlineData("@sam-27", null)]
    [InlineData("mail@ex", null)]
    [InlineData("`@ex`", null)]
    [InlineData("```\n@ex\n``` after", null)]
    [InlineData("``` @ex without an end", null)]
    [InlineData("a ` alone, @ex", "agent:x.y")]
    [InlineData("@me", null)]
    [InlineData("@", null)]
    [InlineData("nobody", null)]
    public void Find_ATextOfOneName_MeansTheLongestThatStandsThere(string text, string? expected)
    {
        var found = Mentions.Find(text, "agent:me", Members);

        Assert.Equal(expected, found.Of is [var one] ? $"{one.Kind}:{one.Id}" : null);
        Assert.False(found.Everybody);
    }

    [Fact]
    public void Find_ANameOfTwo_OffersThemAndMeansNobody()
    {
        var found = Mentions.Find("@Sam?", "agent:me", Members);

        Assert.Empty(found.Of);
        var offered = Assert.Single(found.Offered);
        Assert.Equal("@Sam", offered.Text);
        Assert.Equal(["sam", "u2"], offered.Candidates.Select(candidate => candidate.Id));
    }

    [Theory]
    [InlineData("@all", true)]
    [InlineData("@All: come", true)]
    [InlineData("@allow", false)]
    public void Find_All_MeansEverybody(string text, bool expected) => Assert.Equal(expected, Mentions.Find(text, "agent:me", Members).Everybody);

    [Fact]
    public void Find_APost_MeansThoseMembersThatHaveIt()
    {
        var staff = new Dictionary<string, IReadOnlySet<string>> { ["dev"] = new HashSet<string>(["agent:x.y"]), ["dev ops"] = new HashSet<string>(["agent:sam", "agent:me", "agent:elsewhere"]) };

        var found = Mentions.Find("@post:dev ops, look", "agent:me", Members, staff);

        Assert.Equal(["sam"], found.Of.Select(who => who.Id));
        Assert.StartsWith("dev ops, look", Assert.Single(Mentions.PostsIn("@post:dev ops, look")), StringComparison.Ordinal);
    }

    [Fact]
    public void Find_AHostileText_EndsSoon() =>
        Assert.Empty(Mentions.Find(new string('@', 32 * 1024), "agent:me", Members).Of);
}
