using Agents.Contracts.Scheduler;

namespace Agents.Scheduler.Attempts;

/// <summary>What a report says twice, or after what came later, counts no more than in two reports. Pure.</summary>
internal static class ProgressOrder
{
    /// <summary>Of each attempt only numbers that rise. What has no number counts each time.</summary>
    public static List<HolderWord> Rising(IEnumerable<HolderWord> words)
    {
        Dictionary<(string Holder, string? Task, int? Attempt), long> last = [];
        List<HolderWord> rising = [];
        foreach (var word in words)
        {
            var of = (word.Holder, word.TaskId, word.Attempt);
            if (word.Seq is not { } seq)
            {
                rising.Add(word);
            }
            else if (!last.TryGetValue(of, out var before) || seq > before)
            {
                last[of] = seq;
                rising.Add(word);
            }
        }

        return rising;
    }
}
