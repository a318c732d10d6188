using Agents.Identity.Sessions;

namespace Agents.Tests.Units.Identity;

public sealed class RefreshRulesTests
{
    [Theory]
    [InlineData("a", "a", "", RefreshRules.Verdict.Again)]
    [InlineData("a", "b", "a", RefreshRules.Verdict.Advance)]
    [InlineData("b", "a", "", RefreshRules.Verdict.Stolen)]
    [InlineData("b", "rival", "a", RefreshRules.Verdict.Stolen)]
    [InlineData("c", "b", "a", RefreshRules.Verdict.Stolen)]
    public void Judge_AToken_ByTheCurrentOneAndWhoseSuccessorItIs(string current, string token, string predecessor, object verdict) =>
        Assert.Equal(verdict, RefreshRules.Judge(Bytes(current), Bytes(token), Bytes(predecessor)));

    private static byte[] Bytes(string text) => System.Text.Encoding.ASCII.GetBytes(text);
}
