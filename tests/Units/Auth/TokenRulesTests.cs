using Agents.ServiceDefaults.Auth;

namespace Agents.Tests.Units.Auth;

public sealed class TokenRulesTests
{
    [Fact]
    public void Accepts_AsIssued_IsTrue() => Assert.True(TokenRules.Accepts(Tokens.Claims(), Tokens.Now));

    [Fact]
    public void Accepts_AfterItsEnd_IsTrueWithinTheSkewOnly()
    {
        Assert.True(TokenRules.Accepts(Tokens.Claims(), Tokens.Now.AddHours(1).AddSeconds(29)));
        Assert.False(TokenRules.Accepts(Tokens.Claims(), Tokens.Now.AddHours(1).AddSeconds(30)));
    }

    [Fact]
    public void Accepts_BeforeItBegins_IsTrueWithinTheSkewOnly()
    {
        Assert.True(TokenRules.Accepts(Tokens.Claims(), Tokens.Now.AddSeconds(-30)));
        Assert.False(TokenRules.Accepts(Tokens.Claims(), Tokens.Now.AddSeconds(-31)));
    }

    [Fact]
    public void Accepts_ALifeLongerThanWeIssue_IsFalse() =>
        Assert.False(TokenRules.Accepts(Tokens.Claims() with { Exp = Tokens.Now.AddYears(1).ToUnixTimeSeconds() }, Tokens.Now));

    public static TheoryData<string> Wrong => ["iss", "aud", "sub", "sid", "jti", "roles"];

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Accepts_AClaimWrongOrMissing_IsFalse(string claim)
    {
        var good = Tokens.Claims();
        var bad = claim switch
        {
            "iss" => good with { Iss = "somebody" },
            "aud" => good with { Aud = "others" },
            "sub" => good with { Sub = null! },
            "sid" => good with { Sid = "" },
            "jti" => good with { Jti = null! },
            _ => good with { Roles = [] },
        };

        Assert.False(TokenRules.Accepts(bad, Tokens.Now));
    }
}
