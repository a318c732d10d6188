using Agents.Daemon;
using Agents.Daemon.Config;

namespace Agents.Tests.Units.Daemon;

public class ConfigFileTests
{
    [Fact]
    public void Parse_Seed002_IsUnderstood()
    {
        var config = ConfigFile.Parse("c.yaml", """
            server:
              address: "localhost:9090"
              tls: false

            agent:
              id: "test-agent"
              collect_interval: 30
            """);

        Assert.Equal("http://localhost:9090", config.Server?.ToString());
        Assert.Equal("test-agent", config.DeviceId);
        Assert.Equal(TimeSpan.FromSeconds(30), config.CollectInterval);
        Assert.Empty(config.Warnings);
    }

    [Fact]
    public void Parse_LabelsAndConcurrency_AreTaken()
    {
        var config = ConfigFile.Parse("c.yaml", "labels: {site: cellar, rack: 7}\nconcurrency: 3");

        Assert.Equal("cellar 7 3", $"{config.Labels["site"]} {config.Labels["rack"]} {config.Concurrency}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("server:\nagent:\n")]
    public void Parse_NothingSaid_IsTheDefaults(string text) =>
        Assert.Equal(DaemonConfig.DefaultCollectInterval, ConfigFile.Parse("c.yaml", text).CollectInterval);

    [Fact]
    public void Parse_UnknownKeys_AreNamedWithTheirLine() =>
        Assert.Equal(
            ["c.yaml line 2: agent.nmae is not known here, and has no effect.", "c.yaml line 3: colour is not known here, and has no effect."],
            ConfigFile.Parse("c.yaml", "agent:\n  nmae: x\ncolour: red").Warnings);

    [Theory]
    [InlineData("agent:\n  collect_interval: soon", "c.yaml line 2: agent.collect_interval must be a whole number from 1 to 3600.")]
    [InlineData("agent:\n  collect_interval: 0", "c.yaml line 2: agent.collect_interval must be a whole number from 1 to 3600.")]
    [InlineData("server:\n  tls: maybe", "c.yaml line 2: server.tls must be true or false.")]
    [InlineData("agent:\n  id: a/b", "c.yaml line 2: agent.id must be 1 to 128 of A-Z a-z 0-9 . _ -.")]
    [InlineData("server: [1]", "c.yaml line 1: server must hold names with values.")]
    [InlineData("- a", "c.yaml line 1: the file must hold names with values.")]
    [InlineData("labels:\n  a: [b]", "c.yaml line 2: labels.a must be a text.")]
    [InlineData("\nserver:\n  address: ftp://a", "c.yaml line 3: server.address: 'ftp' is not spoken here; use https, http, wss or ws.")]
    public void Parse_WrongTypes_AreNamedWithTheirLine(string text, string problem) =>
        Assert.Equal(problem, Assert.Throws<Failure>(() => ConfigFile.Parse("c.yaml", text)).Message);

    [Theory]
    [InlineData("a: [")]
    [InlineData("a: b\na: c")]
    [InlineData("\t:")]
    public void Parse_NoYaml_SaysWhere(string text) =>
        Assert.StartsWith("c.yaml line ", Assert.Throws<Failure>(() => ConfigFile.Parse("c.yaml", text)).Message, StringComparison.Ordinal);
}
