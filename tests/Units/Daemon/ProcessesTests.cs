using System.Text;
using Agents.Daemon.Processes;

namespace Agents.Tests.Units.Daemon;

public sealed class ProcessesTests
{
    [Fact]
    public void Parse_ANameLikeTheLineItself_IsRead()
    {
        var process = ProcessEntry.Parse("42 (a) Z 7 (b)) S 7 40 41 0 -1 4194304 1 2 3 4 50 60 7 8 20 0 3 0 12345 999 88 1 2 3\n");

        Assert.Equal(new ProcessEntry(42, 7, 40, 41, 12345, 'S', 3, 110, 88), process);
        Assert.Null(ProcessEntry.Parse("42 (short) S 1"));
        Assert.Null(ProcessEntry.Parse(""));
    }

    [Theory]
    [InlineData("A=1\0CCC_RUN=me\0B=2\0", "me")]
    [InlineData("CCC_RUN=last", "last")]
    [InlineData("XCCC_RUN=not\0Y=CCC_RUN=not\0", null)]
    [InlineData("", null)]
    public void MarkIn_AnEnvironment_IsTheVariableAlone(string environment, string? mark) =>
        Assert.Equal(mark, ProcessTable.MarkIn(Encoding.UTF8.GetBytes(environment)));

    [Fact]
    public void Tree_SessionMarkOrParent_AreOfTheRun()
    {
        ProcessEntry[] all =
        [
            Process(100, parent: 1, session: 100, start: 50),
            Process(101, parent: 100, session: 100, start: 51),
            // Left the session, and its parent is gone; the mark is not.
            Process(102, parent: 1, session: 102, start: 52),
            // Lost the mark; its parent has it.
            Process(103, parent: 102, session: 103, start: 53),
            // Not ours: older than the one whose number its session has.
            Process(104, parent: 1, session: 100, start: 9),
            Process(105, parent: 1, session: 105, start: 60),
            // Numbers that were used again: its parent is younger than itself.
            Process(106, parent: 103, session: 106, start: 20),
        ];

        var tree = ProcessTree.Of(all, [new("run", 100, 50)], process => process.Id == 102 ? "run" : null);

        Assert.Equal([100, 101, 102, 103], tree["run"].Select(process => process.Id).Order());
    }

    [Fact]
    public void Tree_TwoThatAreEachOthersParents_EndsAnyway() =>
        Assert.Empty(ProcessTree.Of([Process(1, 2, 1, 5), Process(2, 1, 2, 5)], [new("run", 9, 1)], _ => null));

    [Theory]
    [InlineData(5, false, 0, 4)]
    [InlineData(10, false, 0, 9)]
    [InlineData(10, true, 3, 9)]
    [InlineData(1, true, 0.4, 0.8)]
    [InlineData(0, false, 0, 0)]
    public void Ladder_AGrace_IsOverWithinIt(double grace, bool hears, double terminate, double kill)
    {
        var rungs = KillLadder.Of(TimeSpan.FromSeconds(grace), hears);

        Assert.Equal([(0, Rung.Ask), (terminate, Rung.Terminate), (kill, Rung.Kill)], rungs.Select(rung => (rung.At.TotalSeconds, rung.Rung)));
    }

    [Fact]
    public void Places_BothVersions_AreBelowTheProcessesOwn()
    {
        var places = CgroupPlaces.Of(
            "8:pids:/a/b\n4:memory:/\n1:cpu,cpuacct:/a\n2:freezer:/\n0::/user.slice/x.service\n",
            """
            30 20 0:26 / /sys/fs/cgroup/pids rw,relatime - cgroup cgroup rw,pids
            31 20 0:27 /outer /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
            32 20 0:28 / /sys/fs/cgroup/cpu rw,relatime shared:9 - cgroup cgroup rw,cpu,cpuacct
            33 20 0:29 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
            34 20 0:30 / /proc rw - proc proc rw
            """);

        Assert.Equal("/sys/fs/cgroup/unified/user.slice/x.service", places.Unified);
        Assert.Equal(
            new Dictionary<string, string> { ["pids"] = "/sys/fs/cgroup/pids/a/b", ["memory"] = "/sys/fs/cgroup/memory", ["cpu"] = "/sys/fs/cgroup/cpu/a" }, places.Older);
    }

    [Fact]
    public void Places_NoGroups_AreNone() => Assert.Equal((null, 0), (CgroupPlaces.Of("", "").Unified, CgroupPlaces.Of("", "").Older.Count));

    [Theory]
    [InlineData(64, 64L << 20, false)]
    [InlineData(64, (64L << 20) + 1, true)]
    [InlineData(null, long.MaxValue, false)]
    public void Memory_OverTheLimit_IsSaid(int? limit, long used, bool isSaid) =>
        Assert.Equal(isSaid, LimitRule.Memory(new(MemoryMb: limit), used, 3) is not null);

    private static ProcessEntry Process(int id, int parent, int session, long start) => new(id, parent, session, session, start, 'S', 1, 0, 0);
}
