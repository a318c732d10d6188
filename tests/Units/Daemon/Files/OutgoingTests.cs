using Agents.Contracts.Scheduler;
using Agents.Daemon;
using Agents.Daemon.State;
using Agents.Daemon.Work.Files;

namespace Agents.Tests.Units.Daemon.Files;

public sealed class OutgoingTests : IDisposable
{
    private static readonly TaskAttempt Attempt = new("t", 1);

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("ccc-outgoing-");

    private Folders Folders => new(Path.Combine(_home.FullName, "c"), Path.Combine(_home.FullName, "s"));

    [Fact]
    public async Task Keep_TooLargeTooManyOrTooMuchTogether_IsSaidAndTheRestIsKept()
    {
        Write("a", 5);
        Write("b", 11);
        Write("c", 9);
        Write("d", 2);
        Write("e", 1);
        var outgoing = new Outgoing(Folders, new() { Count = 2, Each = 10, Together = 10 });

        var kept = await outgoing.KeepAsync(Attempt, _home.FullName, ["?"], TestContext.Current.CancellationToken);

        Assert.Equal(["a", "d"], kept.Files.Select(file => file.Name));
        Assert.Equal(["b", "c", "e"], kept.Left.Select(file => file.Name));
        Assert.Equal([5, 2], Directory.GetFiles(outgoing.FolderOf(Attempt)).Order().Select(path => new FileInfo(path).Length));
    }

    [Fact]
    public async Task Keep_WhileTooMuchWaitsForTheServer_KeepsNoMore()
    {
        Write("a", 6);
        var outgoing = new Outgoing(Folders, new() { Waiting = 10 });
        await outgoing.KeepAsync(Attempt, _home.FullName, ["a"], TestContext.Current.CancellationToken);

        var kept = await outgoing.KeepAsync(new("t", 2), _home.FullName, ["a"], TestContext.Current.CancellationToken);

        Assert.Empty(kept.Files);
        Assert.Equal("a", Assert.Single(kept.Left).Name);
    }

    [Theory]
    [InlineData("a/b.txt", true)]
    [InlineData("../b.txt", false)]
    [InlineData("a/../../b.txt", false)]
    [InlineData("/etc/passwd", false)]
    [InlineData("a\\b", false)]
    [InlineData("", false)]
    public void Make_OfAPathThatLeadsOut_Refuses(string path, bool isRight)
    {
        var refused = Record.Exception(() => BelowFolder.Make(_home.FullName, path));

        Assert.Equal(isRight, refused is null);
        Assert.True(isRight || refused is Failure);
    }

    [Fact]
    public void Make_ThroughALink_Refuses()
    {
        Directory.CreateSymbolicLink(Path.Combine(_home.FullName, "out"), Path.GetTempPath());

        Assert.Throws<Failure>(() => BelowFolder.Make(_home.FullName, "out/b.txt"));
    }

    public void Dispose() => _home.Delete(recursive: true);

    private void Write(string name, int length) => File.WriteAllBytes(Path.Combine(_home.FullName, name), new byte[length]);
}
