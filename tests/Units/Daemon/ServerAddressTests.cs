using Agents.Daemon.Config;

namespace Agents.Tests.Units.Daemon;

public class ServerAddressTests
{
    [Theory]
    [InlineData("https://a.example", null, "https://a.example/", "wss://a.example/")]
    [InlineData("wss://a.example:8443/", null, "https://a.example:8443/", "wss://a.example:8443/")]
    [InlineData("ws://a.example:8080/x/", null, "http://a.example:8080/x/", "ws://a.example:8080/x/")]
    [InlineData("http://127.0.0.1:8080", null, "http://127.0.0.1:8080/", "ws://127.0.0.1:8080/")]
    [InlineData("localhost:9090", false, "http://localhost:9090/", "ws://localhost:9090/")]
    [InlineData("localhost:9090", null, "http://localhost:9090/", "ws://localhost:9090/")]
    [InlineData("[::1]:8080", null, "http://[::1]:8080/", "ws://[::1]:8080/")]
    [InlineData("a.example", null, "https://a.example/", "wss://a.example/")]
    [InlineData("a.example:443", false, "http://a.example:443/", "ws://a.example:443/")]
    [InlineData("localhost:9090", true, "https://localhost:9090/", "wss://localhost:9090/")]
    public void TryParse_AsPeopleWriteIt_IsOneDoor(string text, bool? tls, string http, string socket)
    {
        Assert.True(ServerAddress.TryParse(text, tls, out var address, out var problem), problem);
        Assert.Equal(http, address.Http.AbsoluteUri);
        Assert.Equal(socket, address.Socket.AbsoluteUri);
    }

    [Theory]
    [InlineData("", null, "is no server address")]
    [InlineData("ftp://a.example", null, "'ftp' is not spoken here")]
    [InlineData("http://a.example", true, "contradict")]
    [InlineData("https://me:pw@a.example", null, "no user name")]
    [InlineData("a.example:99999", null, "is no server address")]
    public void TryParse_WhatIsNone_SaysWhy(string text, bool? tls, string why)
    {
        Assert.False(ServerAddress.TryParse(text, tls, out _, out var problem));
        Assert.Contains(why, problem, StringComparison.Ordinal);
    }
}
