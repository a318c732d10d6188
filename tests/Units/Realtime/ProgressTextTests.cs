using System.Text.Json;
using Agents.Contracts.Scheduler;
using Agents.Realtime.Work;

namespace Agents.Tests.Units.Realtime;

public sealed class ProgressTextTests
{
    private static readonly HolderWord A = new(WordKind.Progress, "h", "c", "t", 1, Seq: 1, What: "text", Data: Json("a"));

    public static TheoryData<HolderWord, HolderWord> Apart => new()
    {
        { A, A with { Holder = "i" } },
        { A, A with { TaskId = "u" } },
        { A, A with { Attempt = 2 } },
        { A, A with { What = "thinking" } },
        { A, A with { Data = JsonElement.Parse("1") } },
        { A, A with { Data = null } },
        { A, A with { Kind = WordKind.Result } },
        { A with { Data = null }, A },
        { A with { Data = JsonElement.Parse("{}") }, A },
        { A with { Kind = WordKind.Result }, A },
        { A with { What = "log" }, A with { What = "log" } },
        { A with { Data = Json(new('x', 32 * 1024)) }, A },
    };

    [Theory]
    [MemberData(nameof(Apart), DisableDiscoveryEnumeration = true)]
    public void AddJoined_NotTheSameText_StaysApart(HolderWord first, HolderWord second) => Assert.Equal([first, second], Joined(first, second));

    [Theory]
    [InlineData("text")]
    [InlineData("thinking")]
    public void AddJoined_CrumbsOfOneText_AreOneWithTheLastNumber(string what)
    {
        var word = Assert.Single(Joined(A with { What = what }, A with { What = what, Seq = 7, Data = Json("b") }));

        Assert.Equal(("ab", 7L, what), (word.Data!.Value.GetString(), word.Seq, word.What));
    }

    [Fact]
    public void AddJoined_UpToTheLimit_IsOne() => Assert.Single(Joined(A with { Data = Json(new('x', (32 * 1024) - 1)) }, A));

    [Fact]
    public void AddJoined_HowFarItIs_IsNotForgottenByWhoDoesNotSay()
    {
        Assert.Equal(40, Assert.Single(Joined(A with { Percent = 40 }, A)).Percent);
        Assert.Equal(50, Assert.Single(Joined(A with { Percent = 40 }, A with { Percent = 50 })).Percent);
    }

    private static List<HolderWord> Joined(params HolderWord[] words)
    {
        List<HolderWord> joined = [];
        words.ToList().ForEach(word => ProgressText.AddJoined(joined, word));
        return joined;
    }

    private static JsonElement Json(string text) => JsonSerializer.SerializeToElement(text);
}
