using Agents.Daemon;
using Agents.Daemon.Commands;
using Agents.Daemon.Install;
using Agents.Daemon.Link;
using Agents.Daemon.State;
using Agents.Daemon.Terminal;

namespace Agents.Tests.Units.Daemon;

public sealed class StateTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("state-");

    private Folders Folders => new(Path.Combine(_folder.FullName, "c"), Path.Combine(_folder.FullName, "s"));

    [Fact]
    public void Write_Secrets_AreTheOwnersAlone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("NOT TESTED: Windows has no file modes.");
            return;
        }

        new Session("http://a", "token").Write(Folders);
        OwnKey.ReadOrMake(Folders).Dispose();

        foreach (var file in new[] { Folders.SessionFile, Folders.KeyFile })
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(file)!));
            Assert.Single(Directory.GetFiles(Path.GetDirectoryName(file)!));
        }
    }

    [Fact]
    public void ReadOrMake_Twice_IsTheSameKey()
    {
        using var made = OwnKey.ReadOrMake(Folders);
        using var read = OwnKey.ReadOrMake(Folders);

        Assert.Equal(OwnKey.PublicPart(made), OwnKey.PublicPart(read));
    }

    [Fact]
    public void Read_ADamagedFile_IsAFailureThatNamesIt()
    {
        PrivateFile.Write(Folders.EnrolmentFile, "{ half");

        Assert.Contains("device.json is damaged", Assert.Throws<Failure>(() => Enrolment.Read(Folders)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Take_ASecondDaemon_FindsWhoHasIt()
    {
        using (var only = DaemonLock.Take(Folders))
        {
            Assert.NotNull(only);
            Assert.Null(DaemonLock.Take(Folders));
            Assert.Equal(Environment.ProcessId, DaemonLock.Holder(Folders));
        }

        Assert.Null(DaemonLock.Holder(Folders));
    }

    [Theory]
    [InlineData("Build-Box 7.example", "build-box-7.example-")]
    [InlineData("机器", "device-")]
    public void Of_AnyHostName_IsAValidId(string hostname, string start)
    {
        var id = DefaultId.Of(hostname, [1, 2, 3]);

        Assert.StartsWith(start, id, StringComparison.Ordinal);
        Assert.True(Agents.Contracts.Ids.IsValid(id));
        Assert.NotEqual(id, DefaultId.Of(hostname, [1, 2, 4]));
    }

    [Theory]
    [InlineData("90s", 90)]
    [InlineData("1h", 3600)]
    [InlineData("7d", 604800)]
    [InlineData("h", 0)]
    [InlineData("1", 0)]
    [InlineData("-1h", 0)]
    [InlineData("1w", 0)]
    public void TryParse_ADuration_IsAsPeopleWriteIt(string text, int seconds) =>
        Assert.Equal(seconds, Durations.TryParse(text, out var duration) ? duration.TotalSeconds : 0);

    [Theory]
    [InlineData(4401, nameof(EndKind.Refused))]
    [InlineData(4403, nameof(EndKind.Refused))]
    [InlineData(4409, nameof(EndKind.Replaced))]
    [InlineData(4408, nameof(EndKind.Lost))]
    [InlineData(1001, nameof(EndKind.Lost))]
    [InlineData(null, nameof(EndKind.Lost))]
    public void Closed_ByCode_SaysWhetherToComeBack(int? code, string kind) =>
        Assert.Equal(kind, LinkEnd.Closed((System.Net.WebSockets.WebSocketCloseStatus?)code, null, null).Kind.ToString());

    [Fact]
    public void Text_PathsWithBlanksAndPercents_AreQuotedForSystemd()
    {
        var unit = new SystemdUnit(["/opt/my tools/ccc"], "/etc/100%.yaml", "root", new Dictionary<string, string>()).Text;

        Assert.Contains("ExecStart=\"/opt/my tools/ccc\" daemon --config /etc/100%%.yaml\n", unit, StringComparison.Ordinal);
        Assert.Contains("User=root\nRestart=on-failure\n", unit, StringComparison.Ordinal);
        Assert.Contains("WantedBy=multi-user.target", unit, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
