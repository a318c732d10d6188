using Agents.Scheduler.Attempts;
using Npgsql;

namespace Agents.Scheduler.Budgets;

/// <summary>
/// Says once that most of a budget is spent: of a task's to who watches it, of a day's to who watches what is worked on then. Where
/// nothing is, as after the end that has spent it, it is said on the next task that begins.
/// </summary>
internal sealed partial class BudgetWarnings(NpgsqlDataSource postgres, Aftermath aftermath, ILogger<BudgetWarnings> log)
{
    public async Task RunAsync(BudgetSheet sheet, Limits limits, CancellationToken cancellationToken)
    {
        var most = limits.Days.ToDictionary(day => day.Key, day => day.Most);
        var warned = Keys(sheet, most, BudgetRules.IsToWarn);
        var early = Keys(sheet, most, BudgetRules.IsWarnedTooEarly);
        var untold = Untold(sheet, limits, most);
        var tasks = sheet.Tasks.Where(task => BudgetRules.IsToWarn(PerTask(limits, task), task.Spent, task.IsWarned || task.IsStopping)).ToList();
        if (warned.Count + early.Count + untold.Count + tasks.Count == 0)
        {
            return;
        }

        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.WarnDaysAsync(sheet.Day, early, isWarned: false, cancellationToken);
        await connection.WarnDaysAsync(sheet.Day, warned, isWarned: true, cancellationToken);
        var notices = await OfDaysAsync(connection, sheet, limits, untold, cancellationToken);
        var first = tasks.Count == 0 ? [] : await connection.WarnTasksAsync([.. tasks.Select(task => task.Task)], cancellationToken);
        notices.AddRange(
            tasks.Where(task => first.Contains(task.Task)).Select(task => new Notice(task.Task, task.Attempt, BudgetText.TaskAlmost(PerTask(limits, task), task.Spent))));
        await connection.SayAsync(
            [.. notices.GroupBy(notice => (notice.Task, notice.Attempt), (of, each) => new Notice(of.Task, of.Attempt, string.Join(' ', each.Select(one => one.Text))))],
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        foreach (var key in warned.Where(key => !limits.IsInherited(key)))
        {
            Log.AlmostSpent(log, BudgetText.DayAlmost(key, most[key], sheet.Days[key].Spent));
        }

        if (notices.Count > 0)
        {
            aftermath.Happened();
        }
    }

    private static Allowance PerTask(Limits limits, TaskSpent task) => limits.Find(task.Agent)?.Own.PerTask() ?? default;

    private static List<BudgetKey> Keys(BudgetSheet sheet, Dictionary<BudgetKey, Allowance> most, Func<Allowance, Spent, bool, bool> isIt) =>
        [.. sheet.Days.Where(day => most.TryGetValue(day.Key, out var limit) && isIt(limit, day.Value.Spent, day.Value.WarnedAt is not null)).Select(day => day.Key)];

    /// <summary>Days of which it is still to be said, each with the words. Of one that is all spent what stops the work says so.</summary>
    private static Dictionary<BudgetKey, string> Untold(BudgetSheet sheet, Limits limits, Dictionary<BudgetKey, Allowance> most) => most
        .Where(day => sheet.Days.TryGetValue(day.Key, out var of) && !of.IsTold && BudgetRules.Share(day.Value, of.Spent) is >= BudgetRules.WarnFrom and < 1 && !limits.IsInherited(day.Key))
        .ToDictionary(day => day.Key, day => BudgetText.DayAlmost(day.Key, day.Value, sheet.Days[day.Key].Spent));

    /// <summary>To those that are worked on at this moment.</summary>
    private static async Task<List<Notice>> OfDaysAsync(
        NpgsqlConnection connection, BudgetSheet sheet, Limits limits, Dictionary<BudgetKey, string> untold, CancellationToken cancellationToken)
    {
        if (untold.Count == 0)
        {
            return [];
        }

        var days = limits.Agents
            .SelectMany(agent => new[] { BudgetKey.OfAgent(agent.AgentId), BudgetKey.OfPost(agent.PostId ?? "") }.Where(untold.ContainsKey), (agent, day) => (agent.AgentId, Day: day))
            .ToLookup(each => each.AgentId, each => each.Day);
        var running = await connection.RunningAsync(days.Select(agent => agent.Key), cancellationToken);
        var told = running.Count == 0 ? [] : await connection.TellDaysAsync(sheet.Day, [.. running.SelectMany(each => days[each.Agent]).Distinct()], cancellationToken);
        return [.. running.SelectMany(each => days[each.Agent].Where(told.Contains).Select(day => new Notice(each.Task, each.Attempt, untold[day])))];
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{What}")]
        public static partial void AlmostSpent(ILogger log, string what);
    }
}
