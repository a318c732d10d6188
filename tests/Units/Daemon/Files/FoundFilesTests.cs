using Agents.Contracts;
using Agents.Contracts.Scheduler;
using Agents.Daemon.Work.Files;

namespace Agents.Tests.Units.Daemon.Files;

public sealed class FoundFilesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ccc-found-");

    [Theory]
    [InlineData("report.pdf", "report.pdf")]
    [InlineData("*.png", "a.png b.png")]
    [InlineData("out/**/*.png", "out/c.png out/deep/er/d.png")]
    [InlineData("**/*.png", "a.png b.png out/c.png out/deep/er/d.png")]
    [InlineData("out/**", "out/c.png out/deep/er/d.png out/deep/e.txt")]
    [InlineData("?.png", "a.png b.png")]
    [InlineData("out/*", "out/c.png")]
    [InlineData("**", "a.png b.png out/c.png out/deep/e.txt out/deep/er/d.png report.pdf")]
    public void In_APattern_FindsWhatItNames(string pattern, string names)
    {
        foreach (var name in new[] { "report.pdf", "a.png", "b.png", "out/c.png", "out/deep/er/d.png", "out/deep/e.txt", ".git/x.png" })
        {
            Write(name);
        }

        Assert.Equal(names.Split(' ').Order(StringComparer.Ordinal), FoundFiles.In(_folder.FullName, [pattern]).Paths);
    }

    [Fact]
    public async Task In_LinksAndPipes_AreLeftAndSaid()
    {
        Write("real.txt");
        File.CreateSymbolicLink(Path.Combine(_folder.FullName, "link.txt"), "/etc/passwd");
        Directory.CreateSymbolicLink(Path.Combine(_folder.FullName, "etc"), "/etc");
        using var made = System.Diagnostics.Process.Start("mkfifo", Path.Combine(_folder.FullName, "pipe.txt"));
        await made.WaitForExitAsync(TestContext.Current.CancellationToken);

        var found = FoundFiles.In(_folder.FullName, ["*.txt", "etc/passwd"]);

        Assert.Equal(["real.txt"], found.Paths);
        Assert.Equal([("etc/passwd", "There is no such file."), ("link.txt", "It is a link."), ("pipe.txt", "It is no file.")], found.Left.Select(file => (file.Name, file.Reason)).Order());
    }

    [Fact]
    public void In_MoreThanIsLookedAt_SaysSo()
    {
        foreach (var number in Enumerable.Range(0, 20))
        {
            Write($"{number}.txt");
        }

        Assert.Contains("more than 10", Assert.Single(FoundFiles.In(_folder.FullName, ["*.txt"], mostLooked: 10).Left).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("a/**/b?.*", true)]
    [InlineData("/a", false)]
    [InlineData("a/../b", false)]
    [InlineData("./a", false)]
    [InlineData("a//b", false)]
    [InlineData("a/", false)]
    [InlineData("a\\b", false)]
    [InlineData("a\nb", false)]
    [InlineData("", false)]
    public void Problem_OfAPattern_IsSaid(string pattern, bool isRight)
    {
        var problems = new Problems();
        problems.Artifacts([pattern], "working.artifacts");

        Assert.Equal(isRight, !problems.Any);
        Assert.True(isRight || problems.ToErrors().Errors.ContainsKey("working.artifacts[0]"));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void Write(string name)
    {
        var path = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, name);
    }
}
