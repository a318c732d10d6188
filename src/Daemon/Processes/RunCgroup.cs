using System.Globalization;

namespace Agents.Daemon.Processes;

/// <summary>The groups of one run: what is in them stays in them, whatever it becomes.</summary>
/// <param name="Folders">One of version 2, or one for each controller of version 1.</param>
internal sealed record RunCgroup(IReadOnlyList<string> Folders)
{
    private const int RemoveTries = 50;

    private static readonly TimeSpan RemovePause = TimeSpan.FromMilliseconds(50);

    /// <summary>What it starts from then on is in it too.</summary>
    /// <returns>Those that it is in.</returns>
    public IReadOnlyList<string> Join(int process) =>
        [.. Folders.Where(folder => CgroupFile.TryWrite(folder, "cgroup.procs", process.ToString(CultureInfo.InvariantCulture)))];

    /// <summary>Null where the group is gone.</summary>
    public IReadOnlyList<int>? Processes()
    {
        List<int>? all = null;
        foreach (var folder in Folders)
        {
            if (CgroupFile.Read(Path.Combine(folder, "cgroup.procs")) is { } processes)
            {
                (all ??= []).AddRange(processes.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => int.Parse(line, CultureInfo.InvariantCulture)));
            }
        }

        // 0 is one outside of the container that we see.
        return all is null ? null : [.. all.Where(id => id > 0).Distinct()];
    }

    /// <summary>In one step where the kernel can; else nothing new can be started, and who asked kills one by one.</summary>
    public void Kill()
    {
        foreach (var folder in Folders)
        {
            if (!CgroupFile.TryWrite(folder, "cgroup.kill", "1"))
            {
                CgroupFile.TryWrite(folder, "pids.max", "0");
            }
        }
    }

    /// <summary>The kernel has killed some of it for want of memory.</summary>
    public bool RanOutOfMemory => Counted("oom_kill", "memory.events", "memory.oom_control");

    /// <summary>It was refused another process.</summary>
    public bool RanOutOfProcesses => Counted("max", "pids.events");

    /// <summary>Gone with the last of its processes; those that end just now take a moment.</summary>
    public async Task RemoveAsync(TimeProvider time)
    {
        for (var n = 0; n < RemoveTries && !Remove(); n++)
        {
            await Task.Delay(RemovePause, time);
        }
    }

    public bool Remove()
    {
        var all = true;
        foreach (var folder in Folders)
        {
            try
            {
                Directory.Delete(folder);
            }
            catch (DirectoryNotFoundException)
            {
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                all = false;
            }
        }

        return all;
    }

    private bool Counted(string name, params string[] files) =>
        (from folder in Folders
         from file in files
         from line in (CgroupFile.Read(Path.Combine(folder, file)) ?? "").Split('\n')
         select line.Split(' ')).Any(words => words is [var first, not "0"] && first == name);
}
