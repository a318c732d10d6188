using Agents.Scheduler.Budgets;

namespace Agents.Scheduler.Dispatch;

/// <summary>What one replica has committed and the others would see only at their next look.</summary>
/// <param name="Queued">Tasks that wait now, with lane and rank.</param>
/// <param name="Freed">Attempts whose place is free.</param>
/// <param name="Used">What was used by those that ended. Said before their places are free.</param>
/// <param name="Ask">For the leader alone.</param>
/// <param name="Asked">What the leader says to an ask.</param>
internal sealed record ColleagueWord(
    string From, IReadOnlyList<QueuedTask>? Queued = null, IReadOnlyList<FreedPlace>? Freed = null, Ask? Ask = null, AskAnswer? Asked = null,
    IReadOnlyList<Used>? Used = null);

internal sealed record QueuedTask(long Lane, long Rank, Guid Task);

internal sealed record FreedPlace(Guid Task, int Attempt);

internal sealed record AskAnswer(string Name, Fit? Fit);
