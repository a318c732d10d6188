using System.Runtime.Versioning;
using Agents.Daemon;
using Agents.Daemon.Install;

namespace Agents.Tests.App.Daemon;

/// <summary>Against a systemctl that only notes what it is asked for.</summary>
[SupportedOSPlatform("linux")]
public sealed class SystemdTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ccc-units-");
    private readonly SystemdUnit _unit = new(["/ccc"], null, null, new Dictionary<string, string>());

    private string Asked => Path.Combine(_folder.FullName, "asked");

    [Fact(DisplayName = "A unit is written before systemd is told of it")]
    public async Task Installs()
    {
        var systemd = Systemd("test -f ccc.service");

        await systemd.InstallAsync(_unit, TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Equal(_unit.Text, await File.ReadAllTextAsync(systemd.UnitPath, TestContext.Current.CancellationToken));
        Assert.Equal(["--user daemon-reload", "--user enable --now ccc.service"], await File.ReadAllLinesAsync(Asked, TestContext.Current.CancellationToken));
    }

    [Fact(DisplayName = "A unit that systemd does not start is neither left behind nor left enabled")]
    public async Task NothingLeft()
    {
        var systemd = Systemd("test $2 != enable");

        var failure = await Assert.ThrowsAsync<Failure>(() => systemd.InstallAsync(_unit, TimeProvider.System, TestContext.Current.CancellationToken));

        Assert.Contains("enable --now ccc.service' failed", failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(systemd.UnitPath));
        Assert.Equal(
            ["--user disable --now ccc.service", "--user daemon-reload"], (await File.ReadAllLinesAsync(Asked, TestContext.Current.CancellationToken)).TakeLast(2));
    }

    [Fact(DisplayName = "Where there was a unit before, it is there again")]
    public async Task FormerAgain()
    {
        var systemd = Systemd("test $2 != enable");
        await File.WriteAllTextAsync(systemd.UnitPath, "the former", TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<Failure>(() => systemd.InstallAsync(_unit, TimeProvider.System, TestContext.Current.CancellationToken));

        Assert.Equal("the former", await File.ReadAllTextAsync(systemd.UnitPath, TestContext.Current.CancellationToken));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Systemd Systemd(string outcome)
    {
        var control = Path.Combine(_folder.FullName, "systemctl");
        File.WriteAllText(control, $"#!/bin/sh\ncd '{_folder.FullName}'\necho \"$@\" >> asked\n{outcome}\n");
        File.SetUnixFileMode(control, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return new(system: false, _folder.FullName, control);
    }
}
