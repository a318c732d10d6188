namespace Agents.Daemon.Processes;

/// <summary>All processes of one run, whatever they did to get away: looked for anew each time.</summary>
internal sealed class RunTree(RunRoot root, RunCgroup? cgroup, ProcessTable table, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>So often those that are new are stopped before all are killed: what forks faster than it is read about would outrun us.</summary>
    private const int StopRounds = 20;

    public RunRoot Root => root;

    public RunCgroup? Cgroup => cgroup;

    public IReadOnlyList<ProcessEntry> Alive()
    {
        if (cgroup?.Processes() is { } members)
        {
            return [.. members.Select(table.Find).OfType<ProcessEntry>().Where(process => process.IsAlive)];
        }

        return Alive(table.Read());
    }

    /// <param name="all">Of this moment.</param>
    public IReadOnlyList<ProcessEntry> Alive(IReadOnlyList<ProcessEntry> all)
    {
        var found = ProcessTree.Of(all, [root], table.MarkOf)[root.Mark].ToList();
        found.ForEach(process => table.Remember(process, root.Mark));
        return [.. found.Where(process => process.IsAlive)];
    }

    public void Send(Signal signal)
    {
        foreach (var process in Alive())
        {
            Native.Send(process.Id, signal);
            if (signal is Signal.Terminate)
            {
                // One that is stopped would hear of it only when somebody wakes it.
                Native.Send(process.Id, Signal.Continue);
            }
        }
    }

    /// <summary>True when nothing is left. A process that the system itself holds may outlast the limit.</summary>
    public async Task<bool> KillAsync(TimeSpan limit)
    {
        var stopped = new HashSet<(int, long)>();
        var rounds = 0;
        for (var began = time.GetTimestamp(); ;)
        {
            cgroup?.Kill();
            // What is in the first group goes in one step, so that it can't multiply meanwhile.
            if (table.Find(root.Leader) is not { } leader || leader.Start == root.Start)
            {
                Native.SendToGroup(root.Leader, Signal.Kill);
            }

            var alive = Alive();
            if (alive.Count == 0)
            {
                return true;
            }

            if (time.GetElapsedTime(began) > limit)
            {
                return false;
            }

            var fresh = alive.Where(process => stopped.Add(process.Key)).ToList();
            if (fresh.Count > 0 && rounds++ < StopRounds)
            {
                fresh.ForEach(process => Native.Send(process.Id, Signal.Stop));
                continue;
            }

            foreach (var process in alive)
            {
                Native.Send(process.Id, Signal.Kill);
            }

            await Task.Delay(Pause, time);
        }
    }
}
