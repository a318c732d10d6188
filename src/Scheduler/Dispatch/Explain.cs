using Agents.Contracts.Scheduler;
using Agents.Scheduler.Budgets;
using Agents.Scheduler.Tasks;
using Npgsql;

namespace Agents.Scheduler.Dispatch;

/// <summary>Why a task stands where it stands; for one that waits for an agent, agent by agent.</summary>
internal sealed class Explain(NpgsqlDataSource postgres, Fleet fleet, Lanes lanes, BudgetBook budgets)
{
    private const int MostAgents = 200;

    private const string Taken =
        """
        SELECT agent_id, device_id, count(*)::int
        FROM (SELECT agent_id, device_id FROM live WHERE stage = 3 AND holder IS NOT NULL UNION ALL SELECT agent_id, device_id FROM ending) taken
        GROUP BY agent_id, device_id
        """;

    public async Task<Explanation> OfAsync(TaskView task, Submitter reader, CancellationToken cancellationToken)
    {
        if (task.Status is not TaskStatus.Queued)
        {
            return new(task.Status, Standing(task), [], 0);
        }

        if (await LaneOfAsync(task, cancellationToken) is not { } lane)
        {
            return new(task.Status, "It has just left its queue.", [], 0);
        }

        await using var command = postgres.CreateCommand(Taken);
        var taken = await command.ListAsync(row => (Agent: row.GetString(0), Device: row.Text(1), Count: row.GetInt32(2)), cancellationToken);
        var byAgent = taken.GroupBy(t => t.Agent).ToDictionary(t => t.Key, t => t.Sum(each => each.Count));
        var byDevice = taken.Where(t => t.Device is not null).GroupBy(t => t.Device!).ToDictionary(t => t.Key, t => t.Sum(each => each.Count));

        var places = new TakenPlaces(id => byAgent.GetValueOrDefault(id));
        var all = fleet.Workers().Workers
            .Where(worker => reader.Sees(worker.Agent) && Placement.Match(worker, lane) is not (Fit.OtherAgent or Fit.OtherPost or Fit.NotSeen))
            .Select(worker => (Worker: worker, Burden: new Burden(byAgent.GetValueOrDefault(worker.Id), byDevice.GetValueOrDefault(worker.DeviceId ?? ""), 0)))
            .Select(each => (each.Worker, each.Burden, Shortage: budgets.Look(each.Worker, places)))
            .Select(each => (each.Worker, each.Burden, each.Shortage, Fit: FitOf(each.Worker, lane, each.Burden, each.Shortage)))
            // Those that lack the least first.
            .OrderByDescending(each => each.Fit is Fit.Eligible).ThenByDescending(each => each.Fit).ThenBy(each => each.Worker.Id, StringComparer.Ordinal)
            .Select(each => Of(each.Worker, lane, each.Burden, each.Shortage, each.Fit))
            .ToList();
        var reason = all.Count == 0 ? "There is no agent that it could go to."
            : all.Any(agent => agent.Eligible) ? "It is about to be given to an agent."
            : all.Count == 1 ? all[0].Detail
            : "None of the agents that it could go to can take it now.";
        return new(task.Status, reason, [.. all.Take(MostAgents)], all.Count);
    }

    private static Fit FitOf(Worker worker, LaneKey lane, Burden burden, Shortage? shortage) =>
        Placement.Match(worker, lane) is var match and not Fit.Eligible ? match : shortage is not null ? Fit.OverBudget : Placement.Room(worker, burden);

    private static AgentExplanation Of(Worker worker, LaneKey lane, Burden burden, Shortage? shortage, Fit fit)
    {
        var (reason, detail) = fit switch
        {
            Fit.Eligible => ("eligible", "It can take it."),
            Fit.OtherDevice => ("other_device", $"It does not run on {lane.Requires?.Device}."),
            Fit.LacksCapability => ("lacks_capability", $"It lacks {string.Join(", ", lane.Requires!.Capabilities!.Where(each => !worker.Has(each)))}."),
            Fit.LacksLabel => ("lacks_label", $"It lacks {string.Join(", ", lane.Requires!.Labels!.Where(each => !worker.HasLabel(each.Key, each.Value)).Select(each => $"{each.Key}={each.Value}"))}."),
            Fit.NotThere when worker.IsUntasked => ("no_task_channel", "It is online by a connection that takes no tasks."),
            Fit.NotThere => ("offline", "It is not connected."),
            Fit.Draining => ("draining", "Its device is drained."),
            Fit.OverBudget => ("budget", shortage!.Text),
            Fit.Busy => ("busy", $"It has {burden.Running} of {worker.Concurrency} places taken."),
            Fit.DeviceBusy => ("device_busy", $"Its device has {burden.DeviceRunning} of {worker.DeviceConcurrency} places taken."),
            _ => ("refused", "It is not one that this task is for."),
        };
        return new(worker.Id, fit is Fit.Eligible, reason, detail);
    }

    private async Task<LaneKey?> LaneOfAsync(TaskView task, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand("SELECT lane FROM live WHERE id = $1").With(Guid.Parse(task.TaskId));
        if (await command.ExecuteScalarAsync(cancellationToken) is not long lane)
        {
            return null;
        }

        await lanes.LearnAsync([lane], cancellationToken);
        return lanes.Find(lane);
    }

    private static string Standing(TaskView task) => task.Status switch
    {
        TaskStatus.Blocked => "It waits for tasks that it depends on.",
        TaskStatus.Scheduled => task.NotBefore is { } time && task.Attempt == 0 ? $"It waits until {time:u}." : "It failed, and is tried again after a pause.",
        TaskStatus.Assigned => $"It was given to {task.AgentId}, which has not accepted it yet.",
        TaskStatus.Running => $"{task.AgentId} works on it.",
        TaskStatus.Waiting => "It waits for a person, or for its children.",
        TaskStatus.Done => "It is done.",
        _ => task.Error?.Message ?? "It has ended.",
    };
}
