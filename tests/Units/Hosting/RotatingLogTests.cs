using System.Text;
using Agents.Hosting.Engine;

namespace Agents.Tests.Units.Hosting;

public sealed class RotatingLogTests : IDisposable
{
    private readonly string _folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "logs", Path.GetRandomFileName())).FullName;

    private string LogPath => Path.Combine(_folder, "a.log");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Write_MoreThanTheLimit_KeepsTheNewestFilesOnly()
    {
        using var log = new RotatingLog(LogPath, TimeProvider.System, limit: 10, kept: 2);
        foreach (var line in new[] { "first.", "second", "third.", "fourth" })
        {
            log.Write(Encoding.UTF8.GetBytes(line));
        }

        Assert.Equal("fourth", File.ReadAllText(LogPath));
        Assert.Equal("third.", File.ReadAllText(LogPath + ".1"));
        Assert.Equal("second", File.ReadAllText(LogPath + ".2"));
        Assert.Equal(3, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public void Write_AfterARestart_GoesOnWhereItWas()
    {
        using (var first = new RotatingLog(LogPath, TimeProvider.System))
        {
            first.Write("a\n"u8);
        }

        using var second = new RotatingLog(LogPath, TimeProvider.System);
        second.Write("b\n"u8);

        Assert.Equal("a\nb\n", File.ReadAllText(LogPath));
    }

    [Fact]
    public void LastLine_BlankLinesAtTheEnd_IsTheLastWithText()
    {
        using var log = new RotatingLog(LogPath, TimeProvider.System);
        log.Write("one\nwhy it died\n\n  \n"u8);

        Assert.Equal("why it died", log.LastLine);
    }
}
