using Agents.Contracts.Posts;
using Agents.Contracts.Scheduler;

namespace Agents.Scheduler.Budgets;

/// <summary>What models were used for.</summary>
internal readonly record struct Spent(long Tokens, double CostUsd)
{
    public bool IsNothing => Tokens == 0 && CostUsd == 0;

    public static Spent Of(UsageSum usage) => new(usage.InputTokens + usage.OutputTokens, usage.CostUsd);

    public static Spent operator +(Spent a, Spent b) => new(a.Tokens + b.Tokens, a.CostUsd + b.CostUsd);

    public static Spent operator -(Spent a, Spent b) => new(a.Tokens - b.Tokens, a.CostUsd - b.CostUsd);

    /// <summary>Of each the larger: who says less than before has not got anything back.</summary>
    public Spent Or(Spent other) => new(Math.Max(Tokens, other.Tokens), Math.Max(CostUsd, other.CostUsd));
}

/// <summary>What may be spent; what is null has no limit.</summary>
internal readonly record struct Allowance(long? Tokens, decimal? CostUsd)
{
    public bool IsNone => Tokens is null && CostUsd is null;
}

internal static class Allowances
{
    public static Allowance PerTask(this Budget budget) => new(budget.TokensPerTask, budget.CostPerTask);

    public static Allowance PerDay(this Budget budget) => new(budget.TokensPerDay, budget.CostPerDay);
}

/// <summary>Whose day it is, as the table has it.</summary>
internal enum BudgetKind : short
{
    Agent = 0,

    /// <summary>All agents of it together.</summary>
    Post = 1,
}

internal readonly record struct BudgetKey(BudgetKind Kind, string Id)
{
    public static BudgetKey OfAgent(string id) => new(BudgetKind.Agent, id);

    public static BudgetKey OfPost(string id) => new(BudgetKind.Post, id);
}
