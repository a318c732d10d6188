namespace Agents.Contracts.Scheduler;

/// <summary>How the agents of a post fare while a version of it is tried.</summary>
/// <param name="After">The last page's <see cref="TrialPage.Last"/>; null begins: from now on it is kept.</param>
public sealed record TrialAsked(string PostId, long? After);

/// <param name="Last">Up to which all was told.</param>
/// <param name="Before">Told at the beginning: how the post fared in the thirty days until then.</param>
public sealed record TrialPage(long Last, IReadOnlyList<TrialEnd> Items, TrialBefore? Before = null)
{
    public const int Most = 1_000;
}

/// <summary>An attempt that began to run and ended, however the task went on from there. What a person canceled or moved is not told.</summary>
public sealed record TrialEnd(string AgentId, DateTimeOffset StartedAt, bool Done, long Tokens, double CostUsd);

public sealed record TrialBefore(long Done, long Failed, long Tokens, double CostUsd);
