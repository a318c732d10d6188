using Agents.AppHost;

namespace Agents.Tests.Units.Hosting;

public sealed class SettingsFileTests : IDisposable
{
    private readonly string _root = Path.Combine(AppContext.BaseDirectory, "roots", Path.GetRandomFileName());

    public SettingsFileTests() => Directory.CreateDirectory(Path.Combine(_root, "configs"));

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Read_ConfigsAppYaml_IsUnderstoodAndGivesWayToOptions()
    {
        Write("# of seed 003\nHTTP_ADDR: \":8085\"\nREDIS_ADDR: 127.0.0.1:6379\n");

        Assert.Equal(":8085", SettingValues.Read([], _root).Find("http-addr"));
        Assert.Equal("127.0.0.1:1", SettingValues.Read(["--redis-addr", "127.0.0.1:1"], _root).Find("redis-addr"));
    }

    [Theory]
    [InlineData("NOPE: 1\n", "configs/app.yaml: 'NOPE' is not a setting; --help lists them.")]
    [InlineData("- a\n- b\n", "configs/app.yaml, line 1: this is not a list of NAME: value.")]
    public void Read_AFileThatIsWrong_IsSaid(string yaml, string sentence)
    {
        Write(yaml);

        Assert.StartsWith(sentence, Assert.Throws<SettingException>(() => SettingValues.Read([], _root)).Message);
    }

    private void Write(string yaml) => File.WriteAllText(Path.Combine(_root, "configs", "app.yaml"), yaml);
}
