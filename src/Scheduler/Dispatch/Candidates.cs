using Agents.Scheduler.Budgets;

namespace Agents.Scheduler.Dispatch;

/// <summary>Who could take the next task of a lane, and who of these is to. Not for several threads at once.</summary>
internal sealed class Candidates(Fleet fleet, Lanes lanes, Refusals refusals, BudgetBook budgets)
{
    /// <summary>Null where nobody has a place.</summary>
    public Worker? Best(LaneQueue queue, Slots slots)
    {
        var taken = budgets.IsNeeded ? new TakenPlaces(slots.RunningOf) : null;
        Worker? best = null;
        Burden least = default;
        foreach (var worker in Matching(queue))
        {
            var burden = slots.Of(worker.Id, worker.DeviceId);
            if (Placement.Room(worker, burden) is Fit.Eligible && !refusals.Contains(queue.Id, worker.Id)
                && (best is null || Placement.Compare(worker, burden, best, least) < 0)
                && (taken is null || budgets.Look(worker, taken) is null))
            {
                (best, least) = (worker, burden);
            }
        }

        return best;
    }

    /// <summary>What changes only when the fleet does is kept until then.</summary>
    private Worker[] Matching(LaneQueue queue)
    {
        var (version, workers) = fleet.Workers();
        if (queue.Matching is { } kept && kept.Fleet == version)
        {
            return kept.Workers;
        }

        if (lanes.Find(queue.Id) is not { } lane)
        {
            // Another replica made it; the next round has learned what it is.
            return [];
        }

        Worker[] matching = [.. workers.Where(worker => Placement.Match(worker, lane) is Fit.Eligible)];
        queue.Matching = (version, matching);
        return matching;
    }
}
