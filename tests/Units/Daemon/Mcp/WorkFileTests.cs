using Agents.Daemon.Mcp.Tools;

namespace Agents.Tests.Units.Daemon.Mcp;

public sealed class WorkFileTests : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("ccc-file-");
    private readonly string _work;

    public WorkFileTests()
    {
        _work = Directory.CreateDirectory(Path.Combine(_home.FullName, "work", "in")).Parent!.FullName;
        File.WriteAllText(Path.Combine(_home.FullName, "secret"), "of others");
        File.WriteAllText(Path.Combine(_work, "in", "mine"), "mine");
        File.CreateSymbolicLink(Path.Combine(_work, "out"), "../secret");
        File.CreateSymbolicLink(Path.Combine(_work, "up"), "..");
        File.CreateSymbolicLink(Path.Combine(_work, "inside"), "in/mine");
    }

    public void Dispose() => _home.Delete(recursive: true);

    [Theory]
    [InlineData("in/mine")]
    [InlineData("./in/../in/mine")]
    [InlineData("inside")]
    public void Open_Within_IsRead(string path)
    {
        using var file = new StreamReader(WorkFile.Open(_work, path));

        Assert.Equal("mine", file.ReadToEnd());
    }

    [Theory]
    [InlineData("../secret")]
    [InlineData("in/../../secret")]
    [InlineData("out")]
    [InlineData("up/secret")]
    [InlineData("/etc/passwd")]
    public void Open_Elsewhere_IsRefused(string path) =>
        Assert.Contains("does not lie in your working folder", Assert.Throws<ToolFault>(() => WorkFile.Open(_work, path)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("nothing")]
    [InlineData("in")]
    public void Open_NoFile_IsRefused(string path) => Assert.Throws<ToolFault>(() => WorkFile.Open(_work, path));
}
