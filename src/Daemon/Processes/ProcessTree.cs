namespace Agents.Daemon.Processes;

/// <summary>Where a run began: the first process, which leads a session of its own, and the mark that all of it has.</summary>
internal sealed record RunRoot(string Mark, int Leader, long Start);

/// <summary>Which processes belong to which run. Pure.</summary>
internal static class ProcessTree
{
    /// <summary>By session, by mark, or by whoever started it. A process that left the session has the mark still; one that lost the mark has its parent.</summary>
    public static ILookup<string, ProcessEntry> Of(IReadOnlyList<ProcessEntry> all, IReadOnlyCollection<RunRoot> roots, Func<ProcessEntry, string?> markOf)
    {
        var byId = all.ToDictionary(process => process.Id);
        var sessions = roots.DistinctBy(root => root.Leader).ToDictionary(root => root.Leader);
        var marks = roots.Select(root => root.Mark).ToHashSet(StringComparer.Ordinal);
        var known = new Dictionary<int, string?>();
        return all.Select(process => (Run: RunOf(process), Process: process)).Where(found => found.Run is not null).ToLookup(found => found.Run!, found => found.Process);

        string? RunOf(ProcessEntry process)
        {
            if (known.TryGetValue(process.Id, out var run))
            {
                return run;
            }

            // Where numbers were used again parents might go round in a circle.
            known[process.Id] = null;
            return known[process.Id] =
                sessions.TryGetValue(process.Session, out var root) && process.Start >= root.Start ? root.Mark
                : markOf(process) is { } mark && marks.Contains(mark) ? mark
                : byId.TryGetValue(process.Parent, out var parent) && parent.Start <= process.Start ? RunOf(parent)
                : null;
        }
    }
}
