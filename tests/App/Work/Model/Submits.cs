using Agents.Contracts.Scheduler;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Work.Model;

/// <summary>Steps that make tasks.</summary>
internal sealed class Submits(World world)
{
    private const int MostInBatch = 4;

    private int _count;

    private Random Random => world.Random;

    public async Task<ModelTask?> SingleAsync()
    {
        var task = New(world.Any(world.Users), dependencies: Random.Next(8) == 0 ? 1 + Random.Next(2) : 0);
        var asked = task.Order.Agent;
        var (answer, _) = await world.AskAsync(Post(
            task, asked is not null && Random.Next(2) == 0 ? $"/api/v1/agents/{asked.Id}/tasks" : "/api/v1/tasks", Body(task.Order, task.Order.DependsOn.Select(on => on.Id))));
        return await StoredAsync(task, answer, answer.Text("task_id"));
    }

    /// <summary>Something simple for this one.</summary>
    public async Task<ModelTask> ForAsync(ModelAgent agent)
    {
        var task = new ModelTask(++_count, world.Admin, new(agent, null, [], false, null, 3, 0, null, 0));
        var (answer, _) = await world.AskAsync(Post(task, "/api/v1/tasks", Body(task.Order, [])));
        return await StoredAsync(task, answer, answer.Text("task_id"));
    }

    public async Task<ModelTask?> BatchAsync()
    {
        var owner = world.Any(world.Users);
        List<ModelTask> tasks = [];
        List<object> bodies = [];
        for (var n = 1 + Random.Next(MostInBatch); n > 0; n--)
        {
            int[] on = tasks.Count > 0 && Random.Next(2) == 0 ? [Random.Next(tasks.Count)] : [];
            var task = New(owner);
            task = new(task.N, owner, task.Order with { DependsOn = [.. on.Select(i => tasks[i])] });
            bodies.Add(Body(task.Order, on.Select(i => $"#{i}"), $"{tasks.Count}"));
            tasks.Add(task);
        }

        var (answer, _) = await world.AskAsync(Post(tasks[0], "/api/v1/tasks/batch", new { tasks = bodies, atomic = Random.Next(2) == 0 }));
        answer.Is(202, 0);
        foreach (var (task, item) in tasks.Zip(answer.Data.GetProperty("items").EnumerateArray()))
        {
            await StoredAsync(task, answer, item.GetProperty("task_id").GetString()!);
        }

        return tasks[^1];
    }

    /// <summary>With a key that there may have been before.</summary>
    public async Task<ModelTask?> DedupAsync()
    {
        var task = New(world.Any(world.Users));
        var policy = world.Any<string>([DedupPolicy.ReturnExisting, DedupPolicy.ReturnExisting, DedupPolicy.Reject, DedupPolicy.ForceNew]);
        task = new(task.N, task.Owner, task.Order with { DedupKey = $"{world.Type} {Random.Next(4)}", DedupPolicy = policy });
        var known = world.Keys.GetValueOrDefault((task.Owner, task.Order.DedupKey!));
        var (answer, _) = await world.AskAsync(Post(task, "/api/v1/tasks", Body(task.Order, [])));
        if (known is null || policy == DedupPolicy.ForceNew)
        {
            world.Keys[(task.Owner, task.Order.DedupKey!)] = task;
            return await StoredAsync(task, answer, answer.Text("task_id"));
        }

        var isRight = policy == DedupPolicy.Reject ? answer.Status == 409 : answer.Status == 202 && answer.Text("task_id") == known.Id && answer.Data.GetProperty("existing").GetBoolean();
        return isRight ? known : throw world.Story.Wrong(known, $"{policy} of its key is answered {answer}");
    }

    private ModelTask New(ModelUser owner, int dependencies = 0)
    {
        var agents = world.Holders.SelectMany(holder => holder.Agents).Where(agent => !agent.IsDeleted).ToList();
        var asked = Random.Next(3) == 0 ? world.Any(agents.FindAll(agent => owner.SeesAll || !agent.IsPrivate)) : null;
        var visible = world.Tasks.FindAll(task => owner.SeesAll || task.Owner == owner);
        return new(++_count, owner, new(
            asked, asked is null ? world.Any(agents.FindAll(agent => !agent.IsPrivate)).Capability : null,
            visible.Count == 0 ? [] : [.. Enumerable.Range(0, dependencies).Select(_ => world.Any(visible)).Distinct()], Random.Next(3) == 0,
            Random.Next(8) == 0 ? World.Now + TimeSpan.FromMilliseconds(Random.Next(800)) : null, 1 + Random.Next(3), Random.Next(3) == 0 ? 0 : 0.2,
            Random.Next(12) == 0 ? 1 : null, world.Any([0, 0, 10, -10])));
    }

    private object Body(ModelOrder order, IEnumerable<string> dependsOn, string? name = null) => new
    {
        agent_id = order.Agent?.Id,
        requires = order.Capability is null ? null : new { capabilities = new[] { order.Capability } },
        depends_on = dependsOn.ToArray(),
        on_dependency_failure = order.RunsAnyway ? "run" : "fail",
        @ref = name,
        not_before = order.NotBefore,
        max_attempts = order.MaxAttempts,
        retry = new { backoff = order.Backoff },
        timeout = order.Timeout,
        priority = order.Priority,
        dedup_key = order.DedupKey,
        dedup_policy = order.DedupPolicy,
        type = world.Type,
    };

    private Func<Task<Answer>> Post(ModelTask task, string path, object body)
    {
        // While something is away an answer may be lost: then it is asked again, and is to be one task all the same.
        (string, string)[] headers = world.Outages.Touch(World.Now) || Random.Next(3) == 0 ? [("Idempotency-Key", $"{world.Type} {Guid.NewGuid()}")] : [];
        return () => task.Owner.Api.PostAsync(path, body, headers);
    }

    private async Task<ModelTask> StoredAsync(ModelTask task, Answer answer, string id)
    {
        answer.Is(202, 0);
        task.Id = id;
        world.Tasks.Add(task);
        world.Story.Tell(task, $"is submitted by {task.Owner.Name}: {task.Order}");
        await world.CheckAsync(task);
        return task;
    }
}
