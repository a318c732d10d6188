using Agents.Contracts.Posts;

namespace Agents.Contracts.Scheduler;

/// <summary>How much of its day's budget an agent or a post has spent.</summary>
/// <param name="Limits">Of an agent: what its post says, and what is its own. Of a post: what all of its agents share in a day.</param>
/// <param name="From">When the day began.</param>
/// <param name="Until">When it is over, and the next one begins with nothing spent.</param>
/// <param name="Share">Of the day's budget, 1 is all of it; of tokens and money the larger one. Null where the day has no limit.</param>
/// <param name="WarnedAt">When most of it was spent; null where it is not.</param>
public sealed record BudgetView(Budget Limits, DateTimeOffset From, DateTimeOffset Until, BudgetSpent Spent, double? Share, DateTimeOffset? WarnedAt);

/// <summary>What agents told of, as figures that add up.</summary>
public sealed record BudgetSpent(long Tokens, double CostUsd);
