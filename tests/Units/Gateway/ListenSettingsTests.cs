using System.Net;
using Agents.Gateway;
using Agents.Gateway.Listening;
using Microsoft.Extensions.Configuration;

namespace Agents.Tests.Units.Gateway;

public sealed class ListenSettingsTests
{
    private static ListenSettings Read(params (string Name, string Value)[] settings) => ListenSettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value))).Build());

    [Fact]
    public void Read_NothingSet_IsLoopback()
    {
        var settings = Read();

        Assert.Equal([new(IPAddress.Loopback, 8080)], settings.Web);
        Assert.Equal([new(IPAddress.Loopback, 9090)], settings.Grpc);
        Assert.False(settings.Tls);
    }

    [Fact]
    public void Read_AList_IsAllOfIt() =>
        Assert.Equal(
            [new(IPAddress.Loopback, 80), new(IPAddress.IPv6Loopback, 81), new(IPAddress.Loopback, 82, Localhost: true), new(null, 83), new(null, 84)],
            Read(("AGENTS_LISTEN", "127.0.0.1:80, [::1]:81;localhost:82,*:83,:84"), ("AGENTS_TRUSTED_PROXIES", "10.0.0.1")).Web);

    [Theory]
    [InlineData("8080")]
    [InlineData("127.0.0.1")]
    [InlineData("::1:8080")]
    [InlineData("example.com:80")]
    [InlineData("127.0.0.1:70000")]
    public void Read_NoAddress_SaysWhich(string entry) => Assert.Contains($"'{entry}'", Assert.Throws<BadSetting>(() => Read(("AGENTS_LISTEN", entry))).Message);

    [Theory]
    [InlineData("AGENTS_LISTEN", "0.0.0.0:443")]
    [InlineData("AGENTS_LISTEN", "127.0.0.1:80,[::]:443")]
    [InlineData("AGENTS_GRPC_LISTEN", "192.0.2.1:443")]
    public void Read_OpenToOthersInClearText_IsRefused(string setting, string value)
    {
        Assert.Contains("443", Assert.Throws<BadSetting>(() => Read((setting, value))).Message);
        Assert.NotNull(Read((setting, value), ("AGENTS_TRUSTED_PROXIES", "10.0.0.1")));
        Assert.NotNull(Read((setting, value), ("FORWARDEDHEADERS_ENABLED", "true")));
        Assert.True(Read((setting, value), ("AGENTS_TLS_CERT", "c.pem"), ("AGENTS_TLS_KEY", "k.pem")).Tls);
    }

    [Fact]
    public void Read_PlatformsAddresses_CountWhereWeHaveNone()
    {
        Assert.Equal([new(null, 8081)], Read(("HTTP_PORTS", "8081")).Web);
        Assert.Equal([new(IPAddress.Loopback, 8082, Localhost: true), new(null, 8083)], Read(("urls", "http://localhost:8082;http://+:8083"), ("HTTP_PORTS", "8081")).Web);
        Assert.Equal([new(IPAddress.Loopback, 8084)], Read(("AGENTS_LISTEN", "127.0.0.1:8084"), ("urls", "http://localhost:8082")).Web);
    }

    [Fact]
    public void Read_HalfAPair_IsRefused() => Assert.Throws<BadSetting>(() => Read(("AGENTS_TLS_CERT", "c.pem")));
}
