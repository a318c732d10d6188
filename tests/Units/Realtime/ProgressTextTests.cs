using System.Text.Json;
using Agents.Contracts.Scheduler;
using Agents.Realtime.Work;

namespace Agents.Tests.Units.Realtime;

public sealed class ProgressTextTests
{
    private static readonly HolderWord A = new(WordKind.Progress, "h", "c", "t", 1, Seq: 1, What: "text", Data: Json("a"));
    private static readonly HolderWord B = A with { Seq = 2 };

    public static TheoryData<HolderWord, HolderWord> Apart => new()
    {
        { A, B with { Holder = "i" } },
        { A, B with { TaskId = "u" } },
        { A, B with { Attempt = 2 } },
        { A, B with { What = "thinking" } },
        { A, B with { Data = JsonElement.Parse("1") } },
        { A, B with { Data = null } },
        { A, B with { Kind = WordKind.Result } },
        { A, A },
        { B, A },
        { A with { Seq = null }, B },
        { A, B with { Seq = null } },
        { A with { Data = null }, B },
        { A with { Data = JsonElement.Parse("{}") }, B },
        { A with { Kind = WordKind.Result }, B },
        { A with { What = "log" }, B with { What = "log" } },
        { A with { Data = Json(new('x', 32 * 1024)) }, B },
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
    public void AddJoined_UpToTheLimit_IsOne() => Assert.Single(Joined(A with { Data = Json(new('x', (32 * 1024) - 1)) }, B));

    [Fact]
    public void AddJoined_HowFarItIs_IsNotForgottenByWhoDoesNotSay()
    {
        Assert.Equal(40, Assert.Single(Joined(A with { Percent = 40 }, B)).Percent);
        Assert.Equal(50, Assert.Single(Joined(A with { Percent = 40 }, B with { Percent = 50 })).Percent);
    }

    private static List<HolderWord> Joined(params HolderWord[] words)
    {
        List<HolderWord> joined = [];
        words.ToList().ForEach(word => ProgressText.AddJoined(joined, word));
        return joined;
    }

    private static JsonElement Json(string text) => JsonSerializer.SerializeToElement(text);
}
