using Agents.Contracts.Scheduler;
using Agents.Scheduler.Artifacts;
using Agents.Scheduler.Dispatch;
using Npgsql;

namespace Agents.Scheduler.Tasks;

/// <summary>Stores tasks on a connection, in one commit where the caller has opened no transaction of his own.</summary>
internal sealed class SubmitWriter(Lanes lanes)
{
    /// <summary>To be called before a transaction is begun: lanes are made beside it, and stay whatever becomes of it.</summary>
    public async Task FindLanesAsync(IReadOnlyList<NewTask> tasks, CancellationToken cancellationToken)
    {
        List<LaneKey> missing = [];
        foreach (var task in tasks)
        {
            if (lanes.TryGet(task.LaneKey, out var id))
            {
                task.LaneId = id;
            }
            else
            {
                missing.Add(task.LaneKey);
            }
        }

        if (missing.Count > 0)
        {
            await lanes.MakeAsync(missing, cancellationToken);
            foreach (var task in tasks.Where(task => lanes.TryGet(task.LaneKey, out _)))
            {
                lanes.TryGet(task.LaneKey, out var id);
                task.LaneId = id;
            }
        }
    }

    /// <summary>All in one statement where none of them needs a look at something else first.</summary>
    public async Task<Submitted[]> StoreAsync(NpgsqlConnection connection, IReadOnlyList<NewTask> tasks, CancellationToken cancellationToken)
    {
        if (tasks.All(task => task.IsSimple))
        {
            await connection.InsertTasksAsync(tasks, cancellationToken);
            return [.. tasks.Select(task => new Submitted.Stored(task.Id, task.Status))];
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var submitted = await StoreWithinAsync(connection, tasks, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return submitted;
    }

    /// <summary>In the transaction that is open on the connection.</summary>
    public async Task<Submitted[]> StoreWithinAsync(NpgsqlConnection connection, IReadOnlyList<NewTask> tasks, CancellationToken cancellationToken)
    {
        var submitted = new Submitted?[tasks.Count];
        var own = tasks.Select(task => task.Id).ToHashSet();
        Guid[] others = [.. tasks.SelectMany(task => task.DependsOn).Where(id => !own.Contains(id)).Distinct()];
        if (others.Length > 0)
        {
            var owners = await connection.OwnersAsync(others, cancellationToken);
            for (var i = 0; i < tasks.Count; i++)
            {
                var task = tasks[i];
                if (task.DependsOn.FirstOrDefault(id => !own.Contains(id) && !(owners.TryGetValue(id, out var owner) && (task.SeesAll || owner == task.Caller))) is var unknown && unknown != default)
                {
                    submitted[i] = new Submitted.Refused("depends_on", $"there is no task {unknown}");
                }
            }
        }

        await TakeKeysAsync(connection, tasks, submitted, cancellationToken);
        List<NewTask> stored = [.. tasks.Where((_, i) => submitted[i] is null)];
        if (stored.Count > 0)
        {
            await connection.InsertTasksAsync(stored, cancellationToken);
            await connection.KeepLongAsync(stored, cancellationToken);
            await connection.AddDependenciesAsync(stored, cancellationToken);
            await connection.LockDependenciesAsync([.. stored.SelectMany(task => task.DependsOn).Distinct()], cancellationToken);
        }

        return [.. tasks.Select((task, i) => submitted[i] ?? new Submitted.Stored(task.Id, task.Status))];
    }

    private static async Task TakeKeysAsync(NpgsqlConnection connection, IReadOnlyList<NewTask> tasks, Submitted?[] submitted, CancellationToken cancellationToken)
    {
        var keyed = tasks.Where((task, i) => submitted[i] is null && task.Request.DedupKey is not null).ToList();
        if (keyed.Count == 0)
        {
            return;
        }

        // Two of one key in one statement would trip over each other: the first of them is asked, the others find it.
        var first = keyed.DistinctBy(task => (task.Caller, task.Request.DedupKey)).ToList();
        var taken = await connection.TakeKeysAsync(first, cancellationToken);
        var holders = await connection.HoldersOfKeysAsync(keyed, cancellationToken);
        for (var i = 0; i < tasks.Count; i++)
        {
            var task = tasks[i];
            if (submitted[i] is null && task.Request.DedupKey is { } key && !taken.Contains(task.Id))
            {
                var (id, status) = holders[(task.Caller, key)];
                submitted[i] = task.Request.DedupPolicy is DedupPolicy.Reject ? new Submitted.Rejected(id) : new Submitted.Stored(id, status, Existing: true);
            }
        }
    }
}
