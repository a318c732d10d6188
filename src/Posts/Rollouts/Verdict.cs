using System.Globalization;
using Agents.Contracts.Posts;

namespace Agents.Posts.Rollouts;

internal enum Judgement
{
    Wait,
    GoOn,
    GoBack,
}

/// <summary>What the tasks of a step say of the new version. Pure.</summary>
/// <param name="Reason">For people.</param>
internal sealed record Verdict(Judgement Judgement, string Reason)
{
    /// <param name="fresh">With the new version, in this step.</param>
    /// <param name="old">Of those beside them that have the old one.</param>
    /// <param name="before">Of all before it began: counts where the others alone have too little to tell.</param>
    public static Verdict Of(RolloutTerms terms, Tally fresh, Tally old, Tally before)
    {
        var known = old.Ended >= terms.Tasks ? old : old + before;
        var least = known.Ended == 0 ? terms.MinSuccess : Math.Max(0, known.Success - terms.SuccessDrop);
        // Though all that is still to come did well.
        var best = 100.0 * (fresh.Done + Math.Max(0, terms.Tasks - fresh.Ended)) / Math.Max(terms.Tasks, fresh.Ended);
        if (best < least)
        {
            return new(Judgement.GoBack, Text($"{fresh.Failed} of {fresh.Ended} tasks failed with the new version; {least:0.#} % have to succeed, {(known.Ended == 0 ? "as there is nothing to compare with" : Text($"as {known.Success:0.#} % did with the old one"))}."));
        }

        if (fresh.Ended < terms.Tasks)
        {
            return new(Judgement.Wait, Text($"{fresh.Ended} of {terms.Tasks} tasks have ended with the new version."));
        }

        var (what, now, then) = fresh.CostUsd > 0 && known.CostUsd > 0
            ? ("USD", fresh.CostOfEach, known.CostOfEach)
            : ("tokens", fresh.TokensOfEach, known.TokensOfEach);
        if (fresh.CostUsd > 0 == known.CostUsd > 0 && then > 0 && now > then * (1 + (terms.CostRise / 100)))
        {
            return new(Judgement.GoBack, Text($"A task costs {now:0.####} {what} with the new version, and {then:0.####} with the old one: more than {terms.CostRise:0.#} % above."));
        }

        return new(Judgement.GoOn, Text($"{fresh.Success:0.#} % of {fresh.Ended} tasks succeeded with the new version, and {least:0.#} % have to."));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
