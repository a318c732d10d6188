using Agents.Daemon.Machine;

namespace Agents.Tests.Units.Daemon;

public sealed class MachineTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("machine-");
    private readonly ManualTimeProvider _time = new();

    private MachineFiles Files => new(_root.FullName);

    [Fact]
    public void Cpu_BetweenTwoReadings_IsTheShareThatWasBusy()
    {
        var gauge = new CpuGauge(Files);
        Lay("proc/stat", "cpu  100 0 100 700 100 0 0 0 50 0\ncpu0 1 1 1 1 1 1 1 1 1 1\n");
        Assert.Equal("cpu.cores", string.Join(' ', gauge.Read().Select(point => point.Name)));

        Lay("proc/stat", "cpu  150 0 125 775 150 0 0 0 90 0\n");

        Assert.Equal(75.0 / 200, gauge.Read().Single(point => point.Name == "cpu.usage").Value, 3);
    }

    [Fact]
    public void Memory_OfAMachine_IsTotalLessAvailable()
    {
        Lay("proc/meminfo", "MemTotal: 1000 kB\nMemFree: 100 kB\nMemAvailable: 600 kB\nSwapTotal: 50 kB\nSwapFree: 20 kB\n");

        Assert.Equal("memory.total 1024000, memory.used 409600, swap.used 30720", Said(new MemoryGauge(Files)));
    }

    [Fact]
    public void Memory_OfALimitedContainer_IsTheContainers()
    {
        Lay("proc/meminfo", "MemTotal: 1000 kB\nMemAvailable: 600 kB\n");
        Lay("sys/fs/cgroup/memory.max", "512000\n");
        Lay("sys/fs/cgroup/memory.current", "200000\n");
        Lay("sys/fs/cgroup/memory.stat", "anon 1\ninactive_file 50000\n");

        Assert.Equal("memory.total 512000, memory.used 150000, swap.used 0", Said(new MemoryGauge(Files)));
    }

    [Fact]
    public void Network_BetweenTwoReadings_IsPerSecondWithoutTheLoopback()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "NOT TESTED: only Linux has /proc/net/dev.");
        var gauge = new NetworkGauge(Files, _time);
        Lay("proc/net/dev", "Inter-| Receive\n face |bytes\n    lo: 9 0 0 0 0 0 0 0 9 0\n  eth0:1000 0 0 0 0 0 0 0 500 0\n");
        Assert.Empty(gauge.Read());
        _time.Advance(TimeSpan.FromSeconds(10));
        Lay("proc/net/dev", "    lo: 99 0 0 0 0 0 0 0 99 0\n  eth0: 3000 0 0 0 0 0 0 0 600 0\n");

        Assert.Equal("network.received 200 eth0, network.sent 10 eth0", Said(gauge));
    }

    [Fact]
    public void Mounts_OfAMachine_AreTheRealOnesOnceEach() => Assert.Equal(
        ["/", "/mnt/my disk"],
        DiskGauge.Mounts(
        [
            "/dev/vda1 /var/lib/docker ext4 rw 0 0", "/dev/vda1 / ext4 rw 0 0", "tmpfs /run tmpfs rw 0 0", "proc /proc proc rw 0 0",
            "/dev/sdb1 /mnt/my\\040disk xfs rw 0 0", "overlay /var/lib/docker/overlay2/x/merged overlay rw 0 0", "server:/x /nfs nfs4 rw 0 0",
        ]));

    [Fact]
    public void Load_FromTheKernel_IsTakenAsItIs()
    {
        Lay("proc/loadavg", "0.50 1.25 2.00 1/234 5678\n");
        Lay("proc/uptime", "3600.5 7000\n");

        Assert.Equal("load.1 0.5, load.5 1.25, load.15 2, uptime.seconds 3600.5", Said(new LoadGauge(Files)));
    }

    [Fact]
    public void Temperature_OfSensors_IsNamedByChipAndLabel()
    {
        Lay("sys/class/hwmon/hwmon0/name", "coretemp\n");
        Lay("sys/class/hwmon/hwmon0/temp1_input", "45500\n");
        Lay("sys/class/hwmon/hwmon0/temp1_label", "Package id 0\n");
        Lay("sys/class/hwmon/hwmon0/temp2_input", "-273000\n");

        Assert.Equal("temperature.celsius 45.5 coretemp Package id 0", Said(new TemperatureGauge(Files)));
    }

    [Fact]
    public void Read_WhereNothingIs_SaysNothingAndDoesNotFail()
    {
        IGauge[] gauges = [new CpuGauge(Files), new MemoryGauge(Files), new DiskGauge(Files), new NetworkGauge(Files, _time), new LoadGauge(Files), new TemperatureGauge(Files)];

        Assert.Equal(["cpu.cores", "memory.total", "uptime.seconds"], gauges.SelectMany(gauge => gauge.Read()).Select(point => point.Name));
    }

    public void Dispose() => _root.Delete(recursive: true);

    private static string Said(IGauge gauge) => string.Join(", ", gauge.Read().Select(point =>
        FormattableString.Invariant($"{point.Name} {point.Value}{(point.Labels is null ? "" : " " + point.Labels.Values.Single())}")));

    private void Lay(string path, string text)
    {
        var file = Path.Combine(_root.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
