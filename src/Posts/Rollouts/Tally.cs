using Agents.Contracts.Posts;
using Agents.Contracts.Scheduler;

namespace Agents.Posts.Rollouts;

/// <summary>How attempts went.</summary>
internal sealed record Tally(long Done, long Failed, long Tokens, double CostUsd)
{
    public static Tally None { get; } = new(0, 0, 0, 0);

    public long Ended => Done + Failed;

    /// <summary>In per cent, of what ended.</summary>
    public double Success => Ended == 0 ? 0 : 100.0 * Done / Ended;

    public double CostOfEach => Ended == 0 ? 0 : CostUsd / Ended;

    public double TokensOfEach => Ended == 0 ? 0 : (double)Tokens / Ended;

    public Tally And(TrialEnd end) => new(Done + (end.Done ? 1 : 0), Failed + (end.Done ? 0 : 1), Tokens + end.Tokens, CostUsd + end.CostUsd);

    public static Tally operator +(Tally a, Tally b) => new(a.Done + b.Done, a.Failed + b.Failed, a.Tokens + b.Tokens, a.CostUsd + b.CostUsd);

    public static Tally Of(TrialBefore before) => new(before.Done, before.Failed, before.Tokens, before.CostUsd);

    public TrialTally ToView() => new(Done, Failed, Ended == 0 ? null : Math.Round(Success, 1), Tokens, CostUsd);
}
