using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Agents.Daemon.Work.Moves;

namespace Agents.Tests.Units.Daemon.Moves;

/// <summary>Packages come from another machine: what is no package lays nothing anywhere.</summary>
public sealed class MovePackageTests : IDisposable
{
    private static readonly MovedWork Work = new("d", "claude", "s", null, true, ["be quick"], [], null, 1, [new("large", "It is too large.")]);

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("ccc-package-");

    private string Package => Path.Combine(_home.FullName, "package");

    private string Into => Path.Combine(_home.FullName, "into");

    [Fact]
    public async Task Read_WhatWasWritten_HasItAll()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_home.FullName, "work", "a")).Parent!.FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "a", "b.sh"), "b", TestContext.Current.CancellationToken);
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.SetUnixFileMode(Path.Combine(folder, "a", "b.sh"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var session = Path.Combine(_home.FullName, "said.jsonl");
        await File.WriteAllTextAsync(session, "said", TestContext.Current.CancellationToken);

        await MovePackage.WriteAsync(Package, Work, new Dictionary<string, string> { [MovePackage.Session] = session }, folder, ["a/b.sh"], TestContext.Current.CancellationToken);
        var read = await MovePackage.ReadAsync(Package, Into, new(), TestContext.Current.CancellationToken);

        Assert.Equal(("s", "be quick", "large"), (read.SessionId, read.Untaken[0], read.Left[0].Name));
        Assert.Equal("said", await File.ReadAllTextAsync(Path.Combine(Into, MovePackage.Session), TestContext.Current.CancellationToken));
        Assert.True(File.GetUnixFileMode(Path.Combine(Into, "files", "a", "b.sh")).HasFlag(UnixFileMode.UserExecute));
    }

    [Theory]
    [InlineData("files/../../out")]
    [InlineData("/tmp/out")]
    [InlineData("files//out")]
    [InlineData("elsewhere")]
    [InlineData("../out")]
    public async Task Read_AnEntryThatLeadsOut_Refuses(string name)
    {
        await WriteAsync(new PaxTarEntry(TarEntryType.RegularFile, name));

        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync());
        Assert.False(File.Exists(Path.Combine(_home.FullName, "out")));
    }

    [Fact]
    public async Task Read_ALinkOrAnEntryTwice_Refuses()
    {
        await WriteAsync(new PaxTarEntry(TarEntryType.SymbolicLink, "files/etc") { LinkName = "/etc" });
        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync());

        await WriteAsync(new PaxTarEntry(TarEntryType.RegularFile, "files/a"), new PaxTarEntry(TarEntryType.RegularFile, "files/a"));
        await Assert.ThrowsAnyAsync<IOException>(() => ReadAsync());
    }

    [Fact]
    public async Task Read_MoreThanMayBe_Refuses()
    {
        await WriteAsync([.. Enumerable.Range(0, 20).Select(n => new PaxTarEntry(TarEntryType.RegularFile, $"files/{n}"))]);

        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(new() { Entries = 10 }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no archive")]
    public async Task Read_WhatIsNoPackage_Refuses(string text)
    {
        await File.WriteAllTextAsync(Package, text, TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync());
    }

    [Theory]
    [InlineData("0123456789012345678901234567890123456789", true)]
    [InlineData("--upload-pack=touch /tmp/x", false)]
    [InlineData("HEAD", false)]
    public void IsRight_OfWhatIsNoCommit_IsNot(string commit, bool isRight) => Assert.Equal(isRight, TreeBundle.IsRight(new(commit, commit, commit, commit, 0, 0)));

    public void Dispose() => _home.Delete(recursive: true);

    private Task<MovedWork> ReadAsync(MoveLimits? limits = null)
    {
        Directory.CreateDirectory(Into).Delete(recursive: true);
        return MovePackage.ReadAsync(Package, Into, limits ?? new(), TestContext.Current.CancellationToken);
    }

    private async Task WriteAsync(params PaxTarEntry[] entries)
    {
        await using var file = File.Create(Package);
        await using var packed = new GZipStream(file, CompressionLevel.Fastest);
        await using var archive = new TarWriter(packed);
        using var head = new MemoryStream(Encoding.UTF8.GetBytes("""{"device_id":"d","runner":"claude","untaken":[],"unanswered":[],"left":[]}"""));
        await archive.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, "moved.json") { DataStream = head }, TestContext.Current.CancellationToken);
        foreach (var entry in entries)
        {
            await archive.WriteEntryAsync(entry, TestContext.Current.CancellationToken);
        }
    }
}
