using System.Globalization;

namespace Agents.Scheduler.Budgets;

/// <summary>Why a budget holds no further task just now.</summary>
/// <param name="IsCounted">False: it is not known yet what was spent.</param>
/// <param name="Until">When the day is over.</param>
/// <param name="Task">What the task may spend.</param>
/// <param name="Open">What those that run may still spend.</param>
internal sealed record Shortage(BudgetKey Of, bool IsCounted, Allowance Most, Spent Spent, DateTimeOffset Until, Allowance Task = default, Spent Open = default)
{
    public string Text => !IsCounted ? $"It is being counted what {Whose} has spent today."
        : BudgetRules.IsSpent(Most, Spent) ? $"{BudgetText.DaySpent(Of, Most, Spent)} It goes on at {Until:u}."
        : $"The day's budget of {Whose} does not hold it: {BudgetText.Figures(Most, Spent)} are spent{Others}{Needs}. It goes on {(Open.IsNothing ? "" : "when they have ended with less, or ")}at {Until:u}.";

    private string Whose => BudgetText.Whose(Of);

    private string Others => Open.IsNothing ? "" : $", those that run may spend {BudgetText.Amount(Most, Open.Tokens, (decimal)Open.CostUsd)} more";

    private string Needs => Task.IsNone ? "" : $", and it may spend {BudgetText.Amount(Most, Task.Tokens, Task.CostUsd)}";
}

/// <summary>Budgets in words. Pure.</summary>
internal static class BudgetText
{
    public static string Whose(BudgetKey of) => of.Kind is BudgetKind.Post ? $"post {of.Id}" : $"agent {of.Id}";

    public static string DaySpent(BudgetKey of, Allowance most, Spent spent) => $"The day's budget of {Whose(of)} is spent: {Figures(most, spent)}.";

    public static string TaskSpent(Allowance most, Spent spent) => $"The task's budget is spent: {Figures(most, spent)}.";

    public static string DayAlmost(BudgetKey of, Allowance most, Spent spent) =>
        $"{Percent(most, spent)} of the day's budget of {Whose(of)} is spent: {Figures(most, spent)}.";

    public static string TaskAlmost(Allowance most, Spent spent) => $"{Percent(most, spent)} of the task's budget is spent: {Figures(most, spent)}.";

    /// <summary>Of what has a limit.</summary>
    public static string Figures(Allowance most, Spent spent)
    {
        var tokens = most.Tokens is { } limit ? string.Create(CultureInfo.InvariantCulture, $"{spent.Tokens} of {limit} tokens") : null;
        var cost = most.CostUsd is { } dollars ? string.Create(CultureInfo.InvariantCulture, $"${spent.CostUsd:0.####} of ${dollars:0.####}") : null;
        return string.Join(", ", new[] { tokens, cost }.OfType<string>());
    }

    /// <summary>Of what the day limits.</summary>
    public static string Amount(Allowance most, long? tokens, decimal? costUsd)
    {
        var counted = most.Tokens is null || tokens is null ? null : string.Create(CultureInfo.InvariantCulture, $"{tokens} tokens");
        var cost = most.CostUsd is null || costUsd is null ? null : string.Create(CultureInfo.InvariantCulture, $"${costUsd:0.####}");
        return string.Join(", ", new[] { counted, cost }.OfType<string>());
    }

    private static string Percent(Allowance most, Spent spent) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(Math.Round((BudgetRules.Share(most, spent) ?? 0) * 100, 6)):0} %");
}
