using Agents.Contracts;
using Agents.Contracts.Scheduler;
using Agents.Scheduler.Artifacts;
using Agents.Scheduler.Dispatch;
using Agents.Scheduler.Sessions;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Posts;
using Npgsql;

namespace Agents.Scheduler.Tasks;

/// <summary>Takes what is submitted: looks whether all that it names exists, then stores it.</summary>
internal sealed class Submission(SubmitBatcher batcher, SubmitWriter writer, AfterSubmit after, Fleet fleet, FleetFollower follower, KnownPosts posts,
    KnownSessions sessions, NpgsqlDataSource postgres, TimeProvider time)
{
    /// <summary>Nothing can be said of agents before the fleet was read once.</summary>
    public bool IsReady => fleet.IsLoaded;

    public bool Sees(string agentId, Submitter by) => fleet.Find(agentId) is { } agent && by.Sees(agent);

    public Guid NewId() => Guid.CreateVersion7(time.GetUtcNow());

    /// <summary>To be awaited before the check: whoever has just made an agent may name it at once.</summary>
    public ValueTask KnowAsync(IEnumerable<SubmitTaskRequest> requests, CancellationToken cancellationToken) => KnowAsync(requests, null, cancellationToken);

    /// <param name="by">Of several sessions with one name his own is to be known.</param>
    public async ValueTask KnowAsync(IEnumerable<SubmitTaskRequest> requests, Submitter? by, CancellationToken cancellationToken)
    {
        if (requests.Any(NamesUnknown))
        {
            await follower.CatchUpAsync(cancellationToken);
        }

        if (requests.Any(request => request.PostId is { } post && !HasPost(post)))
        {
            await posts.CatchUpAsync(cancellationToken);
        }

        await sessions.KnowAsync(requests, by, cancellationToken);
    }

    /// <summary>The task as it would be stored, or what is wrong with it.</summary>
    /// <param name="refs">How the tasks of its batch are called.</param>
    /// <param name="place">Where it stands in its batch.</param>
    public (NewTask? Task, FieldErrors? Wrong) Check(SubmitTaskRequest request, Submitter by, Guid? id = null, IReadOnlyDictionary<string, Guid>? refs = null, int place = 0)
    {
        var problems = new Problems();
        request.Validate(problems);
        if (!problems.Any)
        {
            request = sessions.Resolve(request, by, problems);
            CheckNames(request, by, problems);
        }

        List<Guid> dependsOn = [];
        foreach (var name in (request.DependsOn ?? []).OfType<string>())
        {
            if (name.StartsWith('#') ? refs is not null && refs.TryGetValue(name[1..], out var on) : Guid.TryParse(name, out on))
            {
                dependsOn.Add(on);
            }
            else
            {
                problems.Add("depends_on", name.StartsWith('#') ? $"there is no {name} in this batch" : $"there is no task {name}");
            }
        }

        // A microsecond apart, so that tasks of one batch keep their order.
        var now = time.GetUtcNow().AddMicroseconds(place);
        if (problems.Any)
        {
            return (null, problems.ToErrors());
        }

        var (kept, apart) = LongContent.Of(request, NewId);
        return (new(id ?? NewId(), kept, by.Id, by.SeesAll, now, [.. dependsOn.Distinct()]) { Long = apart }, null);
    }

    /// <summary>Together with what others submit just now. Null: too much waits already.</summary>
    public async Task<Submitted[]?> SubmitAsync(IReadOnlyList<NewTask> tasks, CancellationToken cancellationToken)
    {
        if (tasks.All(task => task.Long.Count == 0))
        {
            return await batcher.SubmitAsync(tasks, cancellationToken);
        }

        // By themselves, so that megabytes hold up nobody else's commit.
        await writer.FindLanesAsync(tasks, cancellationToken);
        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        var submitted = await writer.StoreAsync(connection, tasks, cancellationToken);
        after.Stored(tasks, submitted);
        return submitted;
    }

    /// <summary>All of them, or none where one is refused.</summary>
    public async Task<Submitted[]> SubmitAtomicAsync(IReadOnlyList<NewTask> tasks, CancellationToken cancellationToken)
    {
        await writer.FindLanesAsync(tasks, cancellationToken);
        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var submitted = await writer.StoreWithinAsync(connection, tasks, cancellationToken);
        if (submitted.All(each => each is Submitted.Stored))
        {
            await transaction.CommitAsync(cancellationToken);
            after.Stored(tasks, submitted);
        }

        return submitted;
    }

    /// <summary>To be called before the caller opens a transaction for <see cref="SubmitWithinAsync"/> in which he locks something.</summary>
    public Task FindLanesAsync(NewTask task, CancellationToken cancellationToken) => writer.FindLanesAsync([task], cancellationToken);

    /// <summary>Within a transaction of the caller's, who calls <see cref="AfterSubmit"/> once it is committed.</summary>
    public async Task<Submitted[]> SubmitWithinAsync(NpgsqlConnection connection, IReadOnlyList<NewTask> tasks, CancellationToken cancellationToken)
    {
        await writer.FindLanesAsync(tasks, cancellationToken);
        return await writer.StoreWithinAsync(connection, tasks, cancellationToken);
    }

    /// <summary>As long as Posts could not be read, those that agents have are known by them.</summary>
    private bool HasPost(string id) => posts.Has(id) || (!posts.IsLoaded && fleet.HasPost(id));

    private bool NamesUnknown(SubmitTaskRequest request) =>
        (request.AgentId is { } agent && fleet.Find(agent) is null)
        || (request.Requires?.Device is { } device && !fleet.HasDevice(device));

    private void CheckNames(SubmitTaskRequest request, Submitter by, Problems problems)
    {
        if (request.AgentId is { } agentId && !(fleet.Find(agentId) is { } agent && by.Sees(agent)))
        {
            problems.Add("agent_id", "there is no such agent");
        }

        if (request.PostId is { } postId && !HasPost(postId))
        {
            problems.Add("post_id", "there is no such post");
        }

        if (request.Requires?.Device is { } deviceId && !fleet.HasDevice(deviceId))
        {
            problems.Add("requires.device", "there is no such device");
        }
    }
}

/// <summary>Who submits.</summary>
/// <param name="SeesAll">Runs the place.</param>
/// <param name="DeviceId">Where it is a device.</param>
internal sealed record Submitter(string Id, bool SeesAll, string? DeviceId = null)
{
    public static Submitter Of(Caller caller) => new(caller.Id, caller.IsOperator, caller.IsDevice ? caller.Id : null);

    public bool Sees(Contracts.Registry.KnownAgent agent) =>
        SeesAll || agent.Visibility is Contracts.Registry.AgentVisibility.Public || agent.Owner == Id || (DeviceId is not null && agent.DeviceId == DeviceId);
}
