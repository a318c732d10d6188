using Agents.Scheduler.Budgets;
using Agents.Scheduler.Dispatch;
using Agents.Scheduler.Events;

namespace Agents.Scheduler.Attempts;

/// <summary>What follows a commit, and may be lost: who looks by himself finds it a little later.</summary>
internal sealed class Aftermath(
    Queues queues, DispatchBell dispatch, DueBell due, EventSignal events, EndedToSee endedToSee, GroupsToSee groupsToSee, HandoversToSee handoversToSee, BudgetBook budgets, IServiceProvider services)
{
    /// <summary>Only where there are replicas.</summary>
    private readonly Lazy<Colleagues?> _colleagues = new(services.GetService<Colleagues>);

    public void Happened()
    {
        events.Raise();
        _colleagues.Value?.Happened();
    }

    /// <summary>To be told before <see cref="HaveEnded"/> and <see cref="WaitAgain"/>, so that no place is given that no budget holds.</summary>
    public void HaveUsed(IReadOnlyList<Used> used)
    {
        if (used.Count > 0)
        {
            budgets.Heard(used);
            _colleagues.Value?.HaveUsed(used);
        }
    }

    /// <param name="lingers">Their programs may still run.</param>
    public void HaveEnded(IReadOnlyCollection<Ended> ended, bool lingers = false)
    {
        if (ended.Count == 0)
        {
            return;
        }

        if (!lingers)
        {
            AreFree(ended.Where(e => e.WasHeld).Select(e => (e.Attempt.Task, e.Attempt.Number)));
        }

        endedToSee.Add(ended.Where(e => e.Depended).Select(e => e.Attempt.Task));
        groupsToSee.Add(ended.Select(e => e.Parent).OfType<Guid>());
        groupsToSee.Add(ended.Where(e => e.WasGathered).Select(e => e.Attempt.Task));
        handoversToSee.Add(ended.Where(e => e.Status != TaskStatus.Done).Select(e => e.Attempt.Task));
        Happened();
    }

    public void WaitAgain(IReadOnlyCollection<Returned> returned)
    {
        if (returned.Count == 0)
        {
            return;
        }

        AreFree(returned.Where(r => !r.Lingers).Select(r => (r.Attempt.Task, r.Attempt.Number)));
        AreQueued([.. returned.Where(r => r.IsQueued).Select(r => (r.Lane, r.Rank, r.Attempt.Task))]);
        if (returned.Any(r => !r.IsQueued))
        {
            due.Ring();
        }

        Happened();
    }

    public void AreQueued(IReadOnlyCollection<(long Lane, long Rank, Guid Task)> tasks)
    {
        queues.Queued(tasks);
        dispatch.Ring();
        _colleagues.Value?.AreQueued(tasks);
    }

    public void AreFree(IEnumerable<(Guid Task, int Attempt)> places)
    {
        List<(Guid, int)> free = [.. places];
        queues.Freed(free);
        dispatch.Ring();
        _colleagues.Value?.AreFree(free);
    }
}
