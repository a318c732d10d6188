namespace Agents.Daemon.Processes;

/// <summary>A line to the guard: a run that begins, or one that is over.</summary>
internal sealed record GuardedRun(string Mark, int Leader, long Start, IReadOnlyList<string> Groups, bool IsOver = false)
{
    public RunTree Tree(ProcessTable table, TimeProvider time) => new(new(Mark, Leader, Start), Groups.Count == 0 ? null : new(Groups), table, time);
}
