using Agents.Daemon.Install;

namespace Agents.Tests.App.Daemon;

/// <summary>What systemd.service(5), systemd.exec(5) and systemd.syntax(7) say of quotes, percents and dollars.</summary>
public sealed class SystemdUnitTests
{
    [Theory(DisplayName = "A path stands in the unit so that systemd reads the very same one, as program, as argument and in a variable")]
    [InlineData("/usr/bin/ccc", "/usr/bin/ccc", "/usr/bin/ccc", "V=/usr/bin/ccc")]
    [InlineData("/a b", "\"/a b\"", "\"/a b\"", "\"V=/a b\"")]
    [InlineData("/o'brien", "\"/o'brien\"", "\"/o'brien\"", "\"V=/o'brien\"")]
    [InlineData("/\"q\"\\", """
        "/\"q\"\\"
        """, """
        "/\"q\"\\"
        """, """
        "V=/\"q\"\\"
        """)]
    [InlineData("/100%", "/100%%", "/100%%", "V=/100%%")]
    [InlineData("/$HOME", "/$HOME", "/$$HOME", "V=/$HOME")]
    public void Paths(string path, string program, string argument, string variable)
    {
        var lines = new SystemdUnit([path], path, null, new Dictionary<string, string> { ["V"] = path }).Text.Split('\n');

        Assert.Contains($"ExecStart={program} daemon --config {argument}", lines);
        Assert.Contains($"Environment={variable}", lines);
    }

    [Fact(DisplayName = "It is started again whatever ended it, but for what starting it again can't help")]
    public void Restarts()
    {
        Assert.Contains("RestartPreventExitStatus=2 3 5\n", new SystemdUnit(["/ccc"], null, null, new Dictionary<string, string>()).Text, StringComparison.Ordinal);
    }

    [Fact(DisplayName = "Only the system's own units can wait for the network")]
    public void Network()
    {
        Assert.DoesNotContain("network-online", new SystemdUnit(["/ccc"], null, null, new Dictionary<string, string>()).Text, StringComparison.Ordinal);
        Assert.Contains("After=network-online.target\n\n[Service]", new SystemdUnit(["/ccc"], null, "root", new Dictionary<string, string>()).Text, StringComparison.Ordinal);
    }
}
