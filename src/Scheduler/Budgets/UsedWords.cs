using Agents.Contracts.Scheduler;
using Agents.Scheduler.Attempts;
using Agents.Scheduler.Reports;

namespace Agents.Scheduler.Budgets;

/// <summary>What words that end attempts say of usage. Pure.</summary>
internal static class UsedWords
{
    /// <param name="words">Those that counted.</param>
    /// <param name="attempts">What they ended.</param>
    public static List<Used> Of(IReadOnlyList<(HolderWord Word, int Attempt)> words, IReadOnlyList<Attempt> attempts)
    {
        var agents = attempts.DistinctBy(attempt => attempt.Task).ToDictionary(attempt => attempt.Task, attempt => attempt.Agent);
        List<Used> used = [];
        foreach (var (word, _) in words)
        {
            if (Spent.Of(Usages.Of(word.Usage)) is { IsNothing: false } spent && agents.TryGetValue(Guid.Parse(word.TaskId!), out var agent))
            {
                used.Add(new(agent, spent.Tokens, spent.CostUsd));
            }
        }

        return used;
    }
}
