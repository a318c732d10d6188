using Agents.Scheduler.Budgets;
using Agents.Scheduler.Dispatch;

namespace Agents.Scheduler.Handovers;

/// <summary>How far work may be handed on. Each reason is for the agent that asks. Pure.</summary>
internal static class HandoverRules
{
    /// <summary>What is handed on counts; a member of a group has its part from the place.</summary>
    public static int Depth(IReadOnlyList<Link> chain) => 1 + chain.Count(link => link.WasHanded);

    /// <summary>Null: it may be.</summary>
    public static string? TooDeep(int depth, int most) => depth <= most ? null
        : $"This work was handed on {depth - 1} times already, and may be handed on {most} times at most: do it yourself, or say in your result what is left to do.";

    public static string? TooMany(int ofTask, int mostOfTask, int ofTree, int mostOfTree) =>
        ofTask > mostOfTask ? $"This task has handed over {mostOfTask} pieces of work, which is all that one task may."
        : ofTree > mostOfTree ? $"All agents that work on this together have handed over {mostOfTree} pieces of work, which is all that they may."
        : null;

    /// <param name="most">What the first task of the tree may spend.</param>
    public static string? TooDear(Allowance most, Spent ofTree) => BudgetRules.IsSpent(most, ofTree)
        ? $"The budget of the task that all this is for is spent: {BudgetText.Figures(most, ofTree)}. Nothing more is handed over for it."
        : null;

    /// <summary>Why an agent can't begin before those end who wait for it: all its places, or its device's, are theirs.</summary>
    public static string? Blocked(Worker worker, IReadOnlyList<Link> chain)
    {
        var waiting = chain.Where(link => link.IsHeld).ToList();
        return waiting.Count(link => link.Agent == worker.Id) >= worker.Concurrency
                ? $"{worker.Id} can't begin before you end: {Places(worker.Concurrency)} of it {(worker.Concurrency == 1 ? "is" : "are")} taken by the tasks that would wait for it."
            : worker.DeviceId is { } device && waiting.Count(link => link.Device == device) >= worker.DeviceConcurrency
                ? $"{worker.Id} can't begin before you end: {Places(worker.DeviceConcurrency)} of its device {(worker.DeviceConcurrency == 1 ? "is" : "are")} taken by the tasks that would wait for it."
            : null;
    }

    /// <summary>Of several one that can is enough.</summary>
    public static string? AllBlocked(IReadOnlyList<Worker> candidates, IReadOnlyList<Link> chain) =>
        candidates.Count == 0 ? "There is nobody of this post."
        : candidates.Any(worker => Blocked(worker, chain) is null) ? null
        : Blocked(candidates[0], chain);

    private static string Places(int count) => count == 1 ? "the only place" : $"all {count} places";
}
