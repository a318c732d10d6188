namespace Agents.Scheduler.Budgets;

/// <summary>What was spent, as the tables have it: of a day by those who have a limit, and by tasks that run.</summary>
/// <param name="Days">Each one that was asked for, also where it has spent nothing.</param>
/// <param name="Tasks">Of those that run, the ones that have spent anything.</param>
internal sealed record BudgetSheet(BudgetDay Day, IReadOnlyDictionary<BudgetKey, DaySpent> Days, IReadOnlyList<TaskSpent> Tasks)
{
    public static BudgetSheet Empty { get; } = new(default, new Dictionary<BudgetKey, DaySpent>(), []);
}

/// <param name="WarnedAt">When most of it was spent.</param>
/// <param name="IsTold">To who watches a task that was worked on then, or began later.</param>
internal readonly record struct DaySpent(Spent Spent, DateTimeOffset? WarnedAt, bool IsTold = false);

/// <summary>A task that an agent works on.</summary>
/// <param name="Spent">By all of its attempts.</param>
/// <param name="OfAttempt">By the one that goes on.</param>
/// <param name="IsStopping">Its holder was told to come to an end.</param>
internal sealed record TaskSpent(Guid Task, int Attempt, string Agent, Spent Spent, Spent OfAttempt, bool IsWarned, bool IsStopping);
