using TaskStatus = Agents.Contracts.Scheduler.TaskStatus;

namespace Agents.Tests.App.Work.Model;

/// <summary>Steps of those whose tasks they are.</summary>
internal sealed class OwnerSteps(World world)
{
    public Task<ModelTask?> CancelAsync() => WithAsync(task => !task.HasEnded || world.Random.Next(8) == 0, CancelAsync);

    public Task<ModelTask?> RetryAsync() => WithAsync(task => task.Status is TaskStatus.Failed or TaskStatus.Canceled || world.Random.Next(20) == 0, async task =>
    {
        world.Story.Tell(task, "is to be tried again");
        task.RetriesAsked++;
        var (answer, again) = await world.AskAsync(() => task.Owner.Api.PostAsync($"/api/v1/tasks/{task.Id}/retry"));
        var known = task.Happenings.Count;
        await world.CheckAsync(task);
        var isBegun = task.Happenings.Skip(known - 1).Zip(task.Happenings.Skip(known)).Any(pair => pair is { First.Status: TaskStatus.Failed or TaskStatus.Canceled, Second.Status: TaskStatus.Queued });
        if (!again && isBegun != (answer.Status == 200))
        {
            throw world.Story.Wrong(task, $"to be tried again was answered {answer}");
        }

        task.RetriesAsked = 0;
    });

    /// <summary>It is nobody else's to see.</summary>
    public Task<ModelTask?> PryAsync() => WithAsync(task => !task.Owner.SeesAll, async task =>
    {
        var other = world.Users.First(user => user != task.Owner && !user.SeesAll);
        var (answer, _) = await world.AskAsync(() => other.Api.GetAsync($"/api/v1/tasks/{task.Id}"));
        if (answer.Status != 404)
        {
            throw world.Story.Wrong(task, $"is shown to {other.Name}: {answer}");
        }
    });

    public async Task CancelAsync(ModelTask task)
    {
        world.Story.Tell(task, "is canceled");
        await world.CheckAsync(task);
        var (known, had) = (task.Happenings.Count, task.HasEnded);
        task.IsCancelAsked = !had;
        var (answer, again) = await world.AskAsync(() => task.Owner.Api.PostAsync($"/api/v1/tasks/{task.Id}/cancel", new { grace_seconds = 1 }));
        await world.CheckAsync(task);
        var isCanceled = task.Happenings.Skip(known).Any(e => e.Status == TaskStatus.Canceled);
        if (!task.HasEnded || (had && isCanceled) || (answer.Status == 409 && isCanceled && !again && task.Last.Message?.StartsWith("Canceled by", StringComparison.Ordinal) is true)
            || (answer.Status == 200 && !isCanceled) || answer.Status is not (200 or 409))
        {
            throw world.Story.Wrong(task, $"to be canceled was answered {answer}");
        }
    }

    private async Task<ModelTask?> WithAsync(Func<ModelTask, bool> isOne, Func<ModelTask, Task> step)
    {
        var tasks = world.Tasks.Where(isOne).TakeLast(20).ToList();
        if (tasks.Count == 0)
        {
            return null;
        }

        var task = world.Any(tasks);
        await step(task);
        return task;
    }
}
