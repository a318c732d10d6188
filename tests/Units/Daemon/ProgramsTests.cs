using Agents.Contracts.Realtime;
using Agents.Daemon.Programs;

namespace Agents.Tests.Units.Daemon;

public sealed class ProgramsTests : IDisposable
{
    private static readonly Dictionary<string, string> Site = new() { ["site"] = "cellar" };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("programs-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2.1.197 (Claude Code)", "2.1.197")]
    [InlineData("codex-cli 0.169.0", "0.169.0")]
    [InlineData("git version 2.47.3", "2.47.3")]
    [InlineData("v22.1.0\n", "22.1.0")]
    [InlineData("Docker version 26.1.5+dfsg1, build a72d7cd", "26.1.5+dfsg1")]
    [InlineData("no figure at all", null)]
    public void In_WhatProgramsSay_FindsTheVersion(string said, string? version) => Assert.Equal(version, ProgramVersion.In(said));

    [Fact]
    public async Task Scan_OneThatAnswersAndOneThatFails_HasBothAndOneVersion()
    {
        Lay("claude", "echo '2.1.197 (Claude Code)'");
        Lay("codex", "exit 3");

        var found = await new Inventory([_folder.FullName], TimeProvider.System).ScanAsync(Cancelled);

        Assert.Equal([new("claude", "2.1.197"), new("codex", null)], found);
    }

    [Fact]
    public async Task Scan_OneThatWasReplaced_IsAskedAgain()
    {
        var inventory = new Inventory([_folder.FullName], TimeProvider.System);
        Lay("claude", "echo 1.0.0");
        Assert.Equal("1.0.0", Assert.Single(await inventory.ScanAsync(Cancelled)).Version);

        Lay("claude", "echo version 1.0.1");

        Assert.Equal("1.0.1", Assert.Single(await inventory.ScanAsync(Cancelled)).Version);
    }

    [Fact]
    public async Task Scan_OneThatToldNoVersion_IsAskedAgainAfterAWhile()
    {
        var time = new ManualTimeProvider();
        var inventory = new Inventory([_folder.FullName], time);
        Lay("claude", $"cat '{_folder.FullName}/answer'");
        Assert.Null(Assert.Single(await inventory.ScanAsync(Cancelled)).Version);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "answer"), "1.0.0", Cancelled);
        Assert.Null(Assert.Single(await inventory.ScanAsync(Cancelled)).Version);

        time.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal("1.0.0", Assert.Single(await inventory.ScanAsync(Cancelled)).Version);
    }

    [Fact]
    public void Labels_SaidTwice_AreThoseOfTheCommandLine() => Assert.Equal(
        new Dictionary<string, string> { ["site"] = "cellar", ["rack"] = "7" },
        MachineFacts.Labels(Site, new Dictionary<string, string> { ["site"] = "attic", ["rack"] = "7" }));

    [Fact]
    public void Changes_OneNewOneGone_TellsOnlyThese()
    {
        var before = MachineFacts.Of("host", [new("git", "2.47.3"), new("node", "22.1.0")], Site);
        var now = MachineFacts.Of("host", [new("claude", "2.1.197"), new("git", "2.47.3")], Site);

        var changes = MachineFacts.Changes(before, now);

        Assert.Equal(["claude", "git"], changes?.Capabilities);
        Assert.Equal("program.claude=2.1.197 program.node=", string.Join(' ', changes!.Labels!.Select(label => $"{label.Key}={label.Value}")));
        Assert.Null(changes.Hostname);
    }

    [Fact]
    public void Changes_NothingChanged_IsNothingToTell()
    {
        DeviceUpdate Facts() => MachineFacts.Of("host", [new("git", "2.47.3")], Site);

        Assert.Null(MachineFacts.Changes(Facts(), Facts()));
    }

    [Fact]
    public void Everything_ALabelThatIsGone_IsToldAgainUntilAllWasToldAndNotAsAChange()
    {
        var before = MachineFacts.Of("host", [new("git", "2.47.3")], new Dictionary<string, string> { ["old"] = "1" });
        var now = MachineFacts.Of("host", [new("git", "2.47.3")], new Dictionary<string, string>());

        var remembered = MachineFacts.Everything(before, now);

        Assert.Equal("program.git=2.47.3 old=", string.Join(' ', remembered.Labels!.Select(label => $"{label.Key}={label.Value}")));
        Assert.Equal(("host", "git"), (remembered.Hostname, Assert.Single(remembered.Capabilities!)));
        Assert.Null(MachineFacts.Changes(remembered, now));
        Assert.Equal("", MachineFacts.Everything(remembered, now).Labels!["old"]);
        Assert.Contains("old", MachineFacts.Remembered(before, now).Labels!);
        Assert.DoesNotContain("old", MachineFacts.Remembered(remembered, now).Labels!);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void Lay(string name, string script)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("NOT TESTED: these are shell scripts.");
            return;
        }

        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
