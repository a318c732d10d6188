using Agents.Contracts.Realtime;
using Agents.Contracts.Scheduler;
using Agents.Scheduler.Attempts;
using Agents.Scheduler.Dispatch;
using Npgsql;

namespace Agents.Scheduler.Budgets;

/// <summary>Tells those to come to an end whose task's budget is spent, or the day's. The reaper ends what does not say that it has.</summary>
internal sealed class BudgetStops(NpgsqlDataSource postgres, Aftermath aftermath, Delivery delivery)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(CancelTaskRequest.DefaultGrace);

    /// <summary>Who ends a program at the end of its grace says so a little later, and with it where the conversation stands.</summary>
    private static readonly TimeSpan WordLimit = Grace + TimeSpan.FromSeconds(5);

    public async Task RunAsync(BudgetSheet sheet, Limits limits, CancellationToken cancellationToken)
    {
        var spent = OfDays(sheet, limits);
        List<Notice> stops = [.. OfTasks(sheet, limits)];
        if (stops.Count == 0 && spent.Count == 0)
        {
            return;
        }

        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        if (spent.Count > 0)
        {
            stops.AddRange((await connection.RunningAsync(spent.Keys, cancellationToken)).Select(each => new Notice(each.Task, each.Attempt, spent[each.Agent])));
        }

        if (stops.Count > 0 && await connection.StopAsync(stops, WordLimit, cancellationToken) is { Count: > 0 } stopped)
        {
            stopped.ForEach(attempt => delivery.Cancel(attempt.Holder, attempt.Task, attempt.Number, CancelTaskRequest.DefaultGrace, CancelReason.Budget));
            aftermath.Happened();
        }
    }

    private static IEnumerable<Notice> OfTasks(BudgetSheet sheet, Limits limits) =>
        from task in sheet.Tasks
        where !task.IsStopping
        let most = limits.Find(task.Agent)?.Own.PerTask() ?? default
        where BudgetRules.IsSpent(most, task.Spent)
        select new Notice(task.Task, task.Attempt, BudgetText.TaskSpent(most, task.Spent));

    /// <summary>Agents that may go on with nothing today, each with the reason.</summary>
    private static Dictionary<string, string> OfDays(BudgetSheet sheet, Limits limits)
    {
        Dictionary<string, string> agents = [];
        foreach (var agent in limits.Agents)
        {
            var why = Why(BudgetKey.OfAgent(agent.AgentId), agent.Own.PerDay()) ?? Why(BudgetKey.OfPost(agent.PostId ?? ""), agent.Post.PerDay());
            if (why is not null)
            {
                agents[agent.AgentId] = why;
            }
        }

        return agents;

        string? Why(BudgetKey key, Allowance most) =>
            sheet.Days.TryGetValue(key, out var day) && BudgetRules.IsSpent(most, day.Spent) ? BudgetText.DaySpent(key, most, day.Spent) : null;
    }
}
