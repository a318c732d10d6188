namespace Agents.Daemon.Processes;

/// <summary>Where a process's own groups lie in the file system, by what the kernel tells of it. Pure.</summary>
/// <param name="Unified">Of version 2.</param>
/// <param name="Older">Of version 1, by controller.</param>
internal sealed record CgroupPlaces(string? Unified, IReadOnlyDictionary<string, string> Older)
{
    public static readonly IReadOnlyList<string> Wanted = ["memory", "pids", "cpu"];

    /// <param name="own">As <c>/proc/self/cgroup</c> has it.</param>
    /// <param name="mounts">As <c>/proc/self/mountinfo</c> has it.</param>
    public static CgroupPlaces Of(string own, string mounts)
    {
        string? unified = null;
        Dictionary<string, string> older = [];
        var mounted = mounts.Split('\n').Select(Mounted).Where(mount => mount.Type is "cgroup" or "cgroup2").ToList();
        foreach (var line in own.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split(':', 3) is not [_, var controllers, var path])
            {
                continue;
            }

            if (controllers.Length == 0)
            {
                unified = mounted.Where(mount => mount.Type is "cgroup2").Select(mount => Under(mount, path)).FirstOrDefault();
                continue;
            }

            foreach (var controller in controllers.Split(',').Intersect(Wanted))
            {
                var mount = mounted.FirstOrDefault(mount => mount.Type is "cgroup" && mount.Options.Contains(controller));
                if (mount.Point is not null)
                {
                    older[controller] = Under(mount, path);
                }
            }
        }

        return new(unified, older);
    }

    /// <summary>In a container the mount may show a part of the tree alone: what lies above it is not there.</summary>
    private static string Under((string Root, string Point, string Type, string[] Options) mount, string path)
    {
        var below = mount.Root != "/" && path.StartsWith(mount.Root, StringComparison.Ordinal) ? path[mount.Root.Length..] : path;
        return Path.Combine(mount.Point, below.TrimStart('/')).TrimEnd('/');
    }

    /// <summary>"36 35 98:0 /root /point rw,noatime master:1 - type source options".</summary>
    private static (string Root, string Point, string Type, string[] Options) Mounted(string line)
    {
        var halves = line.Split(" - ", 2);
        var (first, second) = (halves[0].Split(' '), halves[^1].Split(' '));
        return halves.Length == 2 && first.Length >= 5 && second.Length >= 3 ? (first[3], first[4], second[0], second[2].Split(',')) : default;
    }
}
