using Agents.Gateway;
using Agents.Gateway.Edge;
using Microsoft.Extensions.Primitives;

namespace Agents.Tests.Units.Gateway;

public sealed class OwnOriginsTests
{
    private static readonly OwnOrigins Origins = OwnOrigins.Parse("https://admin.example.com, http://localhost:5173/");

    private static bool Allow(StringValues origin) => Origins.Allow(origin, "https", new("agents.example.com:8443"));

    [Theory]
    [InlineData("https://agents.example.com:8443", true)]
    [InlineData("https://AGENTS.example.com:8443", true)]
    [InlineData("https://admin.example.com", true)]
    [InlineData("http://localhost:5173", true)]
    [InlineData("http://agents.example.com:8443", false)]
    [InlineData("https://agents.example.com", false)]
    [InlineData("https://agents.example.com:8443.evil.com", false)]
    [InlineData("https://evil.agents.example.com:8443", false)]
    [InlineData("https://admin.example.com.evil.com", false)]
    [InlineData("http://admin.example.com", false)]
    [InlineData("null", false)]
    [InlineData("", false)]
    public void Allow_OnlyOurOwnAndThoseListed(string origin, bool allowed) => Assert.Equal(allowed, Allow(origin));

    [Fact]
    public void Allow_NoneOrSeveral_IsNo()
    {
        Assert.False(Allow(default));
        Assert.False(Allow(new StringValues(["https://admin.example.com", "https://evil.com"])));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("admin.example.com")]
    [InlineData("https://admin.example.com/path")]
    [InlineData("https://u@admin.example.com")]
    [InlineData("ftp://admin.example.com")]
    public void Parse_NoOrigin_SaysWhich(string entry) => Assert.Contains($"'{entry}'", Assert.Throws<BadSetting>(() => OwnOrigins.Parse(entry)).Message);
}
