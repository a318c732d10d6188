using Agents.Contracts.Scheduler;

namespace Agents.Scheduler.Tasks;

/// <summary>How the tasks of one batch name each other. Pure.</summary>
internal static class BatchRefs
{
    /// <summary>The places of tasks whose name another one has already.</summary>
    public static IReadOnlySet<int> Doubled(IReadOnlyList<SubmitTaskRequest> tasks)
    {
        HashSet<string> seen = [];
        return tasks.Index().Where(task => task.Item.Ref is { } name && !seen.Add(name)).Select(task => task.Index).ToHashSet();
    }

    /// <summary>The places of tasks that wait for each other in a circle, or for one that does.</summary>
    public static IReadOnlySet<int> Circular(IReadOnlyList<SubmitTaskRequest> tasks)
    {
        var places = tasks.Index().Where(task => task.Item.Ref is not null).DistinctBy(task => task.Item.Ref).ToDictionary(task => task.Item.Ref!, task => task.Index);
        var waits = tasks.Select(task => (task.DependsOn ?? [])
            .Where(name => name is ['#', ..] && places.ContainsKey(name[1..]))
            .Select(name => places[name[1..]])
            .ToHashSet()).ToList();
        var waiters = new List<int>[tasks.Count];
        for (var i = 0; i < tasks.Count; i++)
        {
            foreach (var on in waits[i])
            {
                (waiters[on] ??= []).Add(i);
            }
        }

        // Whoever waits for nobody is taken away, and again, until only circles and their waiters are left.
        var left = Enumerable.Range(0, tasks.Count).ToHashSet();
        var free = new Queue<int>(left.Where(i => waits[i].Count == 0));
        while (free.TryDequeue(out var done))
        {
            left.Remove(done);
            foreach (var waiter in waiters[done] ?? [])
            {
                if (waits[waiter].Remove(done) && waits[waiter].Count == 0)
                {
                    free.Enqueue(waiter);
                }
            }
        }

        return left;
    }
}
