using Agents.Scheduler.Attempts;
using Npgsql;

namespace Agents.Scheduler.Budgets;

/// <summary>Says once to who watches a task that most of its budget is spent, or of the day that it is worked on.</summary>
internal sealed class BudgetWarnings(NpgsqlDataSource postgres, Aftermath aftermath)
{
    public async Task RunAsync(BudgetSheet sheet, Limits limits, CancellationToken cancellationToken)
    {
        var most = limits.Days.ToDictionary(day => day.Key, day => day.Most);
        var warned = Keys(sheet, most, BudgetRules.IsToWarn);
        var early = Keys(sheet, most, BudgetRules.IsWarnedTooEarly);
        var tasks = sheet.Tasks.Where(task => BudgetRules.IsToWarn(PerTask(limits, task), task.Spent, task.IsWarned || task.IsStopping)).ToList();
        if (warned.Count + early.Count + tasks.Count == 0)
        {
            return;
        }

        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.WarnDaysAsync(sheet.Day, early, isWarned: false, cancellationToken);
        var days = await connection.WarnDaysAsync(sheet.Day, warned, isWarned: true, cancellationToken);
        await TellAsync(connection, sheet, limits, most, days, cancellationToken);
        var first = await connection.WarnTasksAsync([.. tasks.Select(task => task.Task)], cancellationToken);
        await connection.SayAsync(
            [.. tasks.Where(task => first.Contains(task.Task)).Select(task => new Notice(task.Task, task.Attempt, BudgetText.TaskAlmost(PerTask(limits, task), task.Spent)))],
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        aftermath.Happened();
    }

    private static Allowance PerTask(Limits limits, TaskSpent task) => limits.Find(task.Agent)?.Own.PerTask() ?? default;

    private static List<BudgetKey> Keys(BudgetSheet sheet, Dictionary<BudgetKey, Allowance> most, Func<Allowance, Spent, bool, bool> isIt) =>
        [.. sheet.Days.Where(day => most.TryGetValue(day.Key, out var limit) && isIt(limit, day.Value.Spent, day.Value.WarnedAt is not null)).Select(day => day.Key)];

    /// <summary>Those that are worked on at this moment.</summary>
    private static async Task TellAsync(
        NpgsqlConnection connection, BudgetSheet sheet, Limits limits, Dictionary<BudgetKey, Allowance> most, List<BudgetKey> days, CancellationToken cancellationToken)
    {
        foreach (var day in days.Where(day => !limits.IsInherited(day)))
        {
            string[] agents = [.. limits.Agents.Where(agent => day == BudgetKey.OfAgent(agent.AgentId) || day == BudgetKey.OfPost(agent.PostId ?? "")).Select(agent => agent.AgentId)];
            var text = BudgetText.DayAlmost(day, most[day], sheet.Days[day].Spent);
            var running = await connection.RunningAsync(agents, cancellationToken);
            await connection.SayAsync([.. running.Select(each => new Notice(each.Task, each.Attempt, text))], cancellationToken);
        }
    }
}
