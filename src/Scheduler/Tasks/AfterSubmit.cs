using Agents.Scheduler.Attempts;
using Agents.Scheduler.Dispatch;

namespace Agents.Scheduler.Tasks;

/// <summary>What follows the commit of submitted tasks.</summary>
internal sealed class AfterSubmit(Aftermath aftermath, EndedToSee endedToSee, DueBell due)
{
    public void Stored(IReadOnlyList<NewTask> tasks, IReadOnlyList<Submitted> submitted)
    {
        List<NewTask> stored = [.. tasks.Where((task, i) => submitted[i] is Submitted.Stored { Existing: false })];
        if (stored.Count == 0)
        {
            return;
        }

        aftermath.AreQueued([.. stored.Where(task => task.Stage is Stage.Queued).Select(task => (task.LaneId, task.Rank, task.Id))]);
        if (stored.Any(task => task.Stage is Stage.Scheduled))
        {
            due.Ring();
        }

        // What they depend on may have ended before they were stored.
        endedToSee.Add(stored.SelectMany(task => task.DependsOn));
        aftermath.Happened();
    }
}
