using System.Text.Json;
using Agents.Contracts.Scheduler;

namespace Agents.Scheduler.Groups;

/// <summary>A group as it was asked for.</summary>
internal sealed record Group(Guid Task, string GroupId, string Strategy, string? Lead, IReadOnlyList<string> Agents);

/// <summary>A task that one of a group has.</summary>
/// <param name="Status">How it ended; null while it has not.</param>
internal sealed record GroupTask(
    Guid Task, string Agent, string Role, string? Status = null, JsonElement? Result = null, TaskFault? Error = null, DateTimeOffset? EndedAt = null)
{
    public bool HasEnded => Status is not null;

    public bool IsDone => Status is TaskStatus.Done;
}

/// <summary>A task that one of the group is to get.</summary>
internal sealed record Part(string Agent, string Role, string Prompt);

/// <summary>What a group's task comes to, as its members' stand.</summary>
internal abstract record GroupTurn
{
    internal sealed record Wait : GroupTurn;

    internal sealed record Done(JsonElement Result) : GroupTurn;

    internal sealed record Fail(string Kind, string Message) : GroupTurn;

    /// <summary>There is more to do.</summary>
    internal sealed record HandOut(IReadOnlyList<Part> Parts) : GroupTurn;

    public static GroupTurn Of(Group group, string? prompt, IReadOnlyList<GroupTask> tasks) => group.Strategy switch
    {
        GroupStrategy.First => OfFirst(tasks),
        GroupStrategy.Vote => Voting.Of(tasks),
        GroupStrategy.Lead => Leading.Of(group, prompt, tasks),
        _ => OfAll(tasks),
    };

    private static GroupTurn OfAll(IReadOnlyList<GroupTask> tasks) =>
        tasks.FirstOrDefault(task => task is { HasEnded: true, IsDone: false }) is { } failed ? NotDone(failed)
        : tasks.All(task => task.IsDone) ? new Done(Json(new { strategy = GroupStrategy.All, members = tasks.Select(Shown) }))
        : new Wait();

    private static GroupTurn OfFirst(IReadOnlyList<GroupTask> tasks) =>
        tasks.Where(task => task.IsDone).MinBy(task => task.EndedAt) is { } first
            ? new Done(Json(new { strategy = GroupStrategy.First, agent_id = first.Agent, task_id = first.Task, result = first.Result }))
        : tasks.All(task => task.HasEnded) ? new Fail(TaskErrorKind.Failed, $"None of the {tasks.Count} got it done; the last said: {tasks.MaxBy(task => task.EndedAt)!.Error?.Message}")
        : new Wait();

    internal static Fail NotDone(GroupTask task) => new(TaskErrorKind.Failed, $"{task.Agent} did not get its part done ({task.Task}): {task.Error?.Message}");

    internal static object Shown(GroupTask task) => new { agent_id = task.Agent, task_id = task.Task, result = task.Result };

    internal static JsonElement Json(object value) => JsonSerializer.SerializeToElement(value);
}
