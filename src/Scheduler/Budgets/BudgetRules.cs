namespace Agents.Scheduler.Budgets;

/// <summary>What is left of a budget, when to warn and when to stop. Pure.</summary>
internal static class BudgetRules
{
    /// <summary>Of a budget, 1 is all of it.</summary>
    public const double WarnFrom = 0.8;

    /// <summary>Ten dimes are a dollar, also where they were added up as fractions of two.</summary>
    private const int Digits = 9;

    /// <summary>So much of it is spent, of tokens and money the larger share; null where there is no limit.</summary>
    public static double? Share(Allowance most, Spent spent)
    {
        var tokens = most.Tokens is { } limit ? (double)spent.Tokens / limit : (double?)null;
        var cost = most.CostUsd is { } dollars ? spent.CostUsd / (double)dollars : (double?)null;
        var share = tokens is null || cost > tokens ? cost : tokens;
        return share is { } some ? Math.Round(some, Digits) : null;
    }

    public static bool IsSpent(Allowance most, Spent spent) => Share(most, spent) >= 1;

    /// <summary>Once: who was warned is not warned again.</summary>
    public static bool IsToWarn(Allowance most, Spent spent, bool isWarned) => !isWarned && Share(most, spent) >= WarnFrom;

    /// <summary>The limit was raised, so that a warning is worth something again.</summary>
    public static bool IsWarnedTooEarly(Allowance most, Spent spent, bool isWarned) => isWarned && !(Share(most, spent) >= WarnFrom);

    /// <summary>What those that run may still spend, where each may spend so much in all.</summary>
    public static Spent Open(Allowance each, int running, Spent ofRunning) => new(
        each.Tokens is { } tokens ? Math.Max(0, (tokens * running) - ofRunning.Tokens) : 0,
        each.CostUsd is { } cost ? Math.Max(0, ((double)cost * running) - ofRunning.CostUsd) : 0);

    /// <summary>Whether one more task finds room in what is left of a day.</summary>
    /// <param name="task">What it may spend. More than a whole day's is as much as that.</param>
    /// <param name="open">What those that run may still spend.</param>
    public static bool Holds(Allowance day, Spent spent, Allowance task, Spent open) =>
        Holds(day.Tokens, spent.Tokens, task.Tokens, open.Tokens) && Holds((double?)day.CostUsd, spent.CostUsd, (double?)task.CostUsd, open.CostUsd);

    private static bool Holds(double? day, double spent, double? task, double open)
    {
        if (day is not { } most)
        {
            return true;
        }

        var left = Math.Round(most - spent, Digits);
        return left > 0 && Math.Round(left - open, Digits) >= Math.Min(task ?? 0, most);
    }
}
