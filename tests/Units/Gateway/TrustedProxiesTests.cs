using System.Net;
using Agents.Gateway;
using Agents.Gateway.Forwarded;
using Microsoft.AspNetCore.Http;

namespace Agents.Tests.Units.Gateway;

public sealed class TrustedProxiesTests
{
    private static readonly TrustedProxies Trusted = TrustedProxies.Parse("10.1.2.3/8, 192.168.0.7, fd00::/8");

    private static ForwardedFor Read(string remote, string chain, string proto = "", string host = "") =>
        ForwardedFor.Read(IPAddress.Parse(remote), chain, proto, host, Trusted);

    [Theory]
    [InlineData("10.255.0.1", true)]
    [InlineData("192.168.0.7", true)]
    [InlineData("192.168.0.8", false)]
    [InlineData("fd12::1", true)]
    [InlineData("2001:db8::1", false)]
    public void Trusts_AddressesAndRanges(string address, bool trusted) => Assert.Equal(trusted, Trusted.Trusts(IPAddress.Parse(address)));

    [Theory]
    [InlineData("proxy.example.com")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/x")]
    [InlineData("fd00::/129")]
    public void Parse_NeitherAddressNorRange_SaysWhich(string entry) =>
        Assert.Contains($"'{entry}'", Assert.Throws<BadSetting>(() => TrustedProxies.Parse("10.0.0.1," + entry)).Message);

    [Fact]
    public void Read_ThroughTrustedHops_IsTheFirstOneBeyond() =>
        Assert.Equal(IPAddress.Parse("9.9.9.9"), Read("192.168.0.7", "1.1.1.1, 9.9.9.9, 10.0.0.5").Client);

    [Fact]
    public void Read_OnlyTrustedHops_IsTheOutermost() => Assert.Equal(IPAddress.Parse("10.0.0.5"), Read("192.168.0.7", "10.0.0.5, 10.0.0.6").Client);

    [Fact]
    public void Read_PortsAndMappedAddresses_AreLeftBehind()
    {
        Assert.Equal(IPAddress.Parse("9.9.9.9"), Read("10.0.0.1", "9.9.9.9:4711").Client);
        Assert.Equal(IPAddress.Parse("9.9.9.9"), Read("10.0.0.1", "::ffff:9.9.9.9").Client);
        Assert.Equal(IPAddress.Parse("2001:db8::9"), Read("10.0.0.1", "[2001:db8::9]:4711").Client);
    }

    [Fact]
    public void Read_SomethingUnreadable_StopsThere() => Assert.Equal(IPAddress.Parse("10.0.0.5"), Read("10.0.0.1", "9.9.9.9, unknown, 10.0.0.5").Client);

    [Theory]
    [InlineData("https, http", "https")]
    [InlineData("HTTPS", "https")]
    [InlineData("javascript", null)]
    [InlineData("", null)]
    public void Read_Proto_IsTheClientsOwn(string said, string? proto) => Assert.Equal(proto, Read("10.0.0.1", "9.9.9.9, 10.0.0.2", said).Proto);

    [Theory]
    [InlineData("agents.example.com:8443", "agents.example.com:8443")]
    [InlineData("evil.com; script-src *", null)]
    [InlineData("evil.com/path", null)]
    public void Read_Host_IsTakenWhereItIsOne(string said, string? host) => Assert.Equal(host, Read("10.0.0.1", "9.9.9.9", host: said).Host);

    [Fact]
    public void Settle_FromAnOutsider_ForgetsWhatTheySay()
    {
        var context = Context("203.0.113.5");

        ForwardedHeaders.Settle(context, Trusted);

        Assert.Equal("203.0.113.5", context.Request.Headers["X-Forwarded-For"]);
        Assert.Equal("http", context.Request.Headers["X-Forwarded-Proto"]);
        Assert.Equal("localhost:8080", context.Request.Headers["X-Forwarded-Host"]);
        Assert.False(context.Request.Headers.ContainsKey("X-Forwarded-Prefix") || context.Request.Headers.ContainsKey("X-Real-IP") || context.Request.Headers.ContainsKey("Forwarded"));
    }

    [Fact]
    public void Settle_FromATrustedProxy_IsTheirClientsRequest()
    {
        var context = Context("10.0.0.1");

        ForwardedHeaders.Settle(context, Trusted);

        Assert.Equal("6.6.6.6", context.Request.Headers["X-Forwarded-For"]);
        Assert.Equal("6.6.6.6", context.Connection.RemoteIpAddress!.ToString());
        Assert.True(context.Request.IsHttps);
        Assert.Equal("agents.example.com", context.Request.Host.Value);
        Assert.False(context.Request.Headers.ContainsKey("X-Forwarded-Prefix") || context.Request.Headers.ContainsKey("X-Real-IP"));
    }

    private static DefaultHttpContext Context(string remote)
    {
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(remote) }, Request = { Scheme = "http", Host = new("localhost:8080") } };
        foreach (var (name, value) in new[]
        {
            ("X-Forwarded-For", "6.6.6.6"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "agents.example.com"),
            ("X-Forwarded-Prefix", "/evil"), ("X-Real-IP", "6.6.6.6"), ("Forwarded", "for=6.6.6.6"),
        })
        {
            context.Request.Headers[name] = value;
        }

        return context;
    }
}
