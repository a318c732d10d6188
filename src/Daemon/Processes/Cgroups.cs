using System.Globalization;

namespace Agents.Daemon.Processes;

/// <summary>
/// The kernel's own groups of processes, below the one that this daemon is in, where it may make some: version 2, version 1, or
/// some controllers of each. What can't be had is null, and the watch sees to it.
/// </summary>
internal sealed class Cgroups
{
    private const string OwnLeaf = "ccc-daemon";

    private readonly string? _unified;
    private readonly IReadOnlySet<string> _controllers;
    private readonly IReadOnlyDictionary<string, string> _older;

    private Cgroups(string? unified, IReadOnlySet<string> controllers, IReadOnlyDictionary<string, string> older) =>
        (_unified, _controllers, _older) = (unified, controllers, older);

    public static Cgroups None { get; } = new(null, new HashSet<string>(), new Dictionary<string, string>());

    /// <summary>Which limits the kernel itself sees to.</summary>
    public IReadOnlyList<string> Limits => [.. CgroupPlaces.Wanted.Where(controller => _controllers.Contains(controller) || _older.ContainsKey(controller))];

    public bool Any => _unified is not null || _older.Count > 0;

    public static Cgroups OfThisProcess()
    {
        if (!OperatingSystem.IsLinux() || CgroupFile.Read("/proc/self/cgroup") is not { } own || CgroupFile.Read("/proc/self/mountinfo") is not { } mounts)
        {
            return None;
        }

        var places = CgroupPlaces.Of(own, mounts);
        var unified = places.Unified is { } folder && CgroupFile.CanMakeFolders(folder) ? folder : null;
        var older = places.Older.Where(place => CgroupFile.CanMakeFolders(place.Value)).ToDictionary();
        return new(unified, unified is null ? new HashSet<string>() : Delegated(unified), older);
    }

    /// <summary>A group for one run; null where there can be none.</summary>
    public RunCgroup? Make(string name, RunLimits? limits)
    {
        List<string> made = [];
        try
        {
            if (_unified is not null)
            {
                var folder = Make(_unified, name, made);
                Limit(folder, _controllers, limits);
            }

            foreach (var (controller, parent) in _older)
            {
                var folder = Make(parent, name, made);
                LimitOlder(folder, controller, limits);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            new RunCgroup(made).Remove();
            return null;
        }

        return made.Count == 0 ? null : new(made);
    }

    private static string Make(string parent, string name, List<string> made)
    {
        var folder = Path.Combine(parent, name);
        if (!made.Contains(folder))
        {
            Directory.CreateDirectory(folder);
            made.Add(folder);
        }

        return folder;
    }

    private static void Limit(string folder, IReadOnlySet<string> controllers, RunLimits? limits)
    {
        if (limits?.MemoryMb is { } memory && controllers.Contains("memory"))
        {
            CgroupFile.Write(folder, "memory.max", Bytes(memory));
            CgroupFile.TryWrite(folder, "memory.swap.max", "0");
            // All of it or nothing: what is left of half a run would only hang.
            CgroupFile.TryWrite(folder, "memory.oom.group", "1");
        }

        if (limits?.Pids is { } pids && controllers.Contains("pids"))
        {
            CgroupFile.Write(folder, "pids.max", pids.ToString(CultureInfo.InvariantCulture));
        }

        if (limits?.Cpu is { } cpu && controllers.Contains("cpu"))
        {
            CgroupFile.Write(folder, "cpu.max", $"{Quota(cpu)} {CpuPeriod}");
        }
    }

    private static void LimitOlder(string folder, string controller, RunLimits? limits)
    {
        switch (controller)
        {
            case "memory" when limits?.MemoryMb is { } memory:
                CgroupFile.Write(folder, "memory.limit_in_bytes", Bytes(memory));
                CgroupFile.TryWrite(folder, "memory.memsw.limit_in_bytes", Bytes(memory));
                break;
            case "pids" when limits?.Pids is { } pids:
                CgroupFile.Write(folder, "pids.max", pids.ToString(CultureInfo.InvariantCulture));
                break;
            case "cpu" when limits?.Cpu is { } cpu:
                CgroupFile.TryWrite(folder, "cpu.cfs_period_us", CpuPeriod.ToString(CultureInfo.InvariantCulture));
                CgroupFile.Write(folder, "cpu.cfs_quota_us", Quota(cpu));
                break;
        }
    }

    private const int CpuPeriod = 100_000;

    private static string Quota(decimal cpu) => ((long)Math.Max(1_000, cpu * CpuPeriod)).ToString(CultureInfo.InvariantCulture);

    private static string Bytes(int megabytes) => ((long)megabytes << 20).ToString(CultureInfo.InvariantCulture);

    /// <summary>Which controllers our groups may use. Version 2 gives them only to groups whose parent holds no process itself, so we go a step down.</summary>
    private static HashSet<string> Delegated(string folder)
    {
        var available = Words(folder, "cgroup.controllers").Intersect(CgroupPlaces.Wanted).ToList();
        if (available.Count > 0 && !TryDelegate(folder, available) && Words(folder, "cgroup.procs") is [var only] && only == Environment.ProcessId.ToString(CultureInfo.InvariantCulture))
        {
            try
            {
                var leaf = Directory.CreateDirectory(Path.Combine(folder, OwnLeaf)).FullName;
                CgroupFile.Write(leaf, "cgroup.procs", only);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return [];
            }

            TryDelegate(folder, available);
        }

        return [.. Words(folder, "cgroup.subtree_control").Intersect(available)];
    }

    private static bool TryDelegate(string folder, List<string> controllers) =>
        CgroupFile.TryWrite(folder, "cgroup.subtree_control", string.Join(' ', controllers.Select(controller => $"+{controller}")));

    private static string[] Words(string folder, string file) =>
        (CgroupFile.Read(Path.Combine(folder, file)) ?? "").Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
}
