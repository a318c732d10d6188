using System.Text.Json.Serialization;
using Refit;

namespace Agents.Contracts.Realtime;

/// <summary>What Scheduler asks of Realtime. Never routed by the gateway.</summary>
public interface IRealtimeInternal
{
    /// <summary>Brings orders to holders, those of another Realtime process by the backplane.</summary>
    [Post("/internal/orders")]
    Task<OrdersTaken> DeliverAsync([Body] OrderBatch batch, CancellationToken cancellationToken);

    /// <summary>
    /// The agents that work on a task together get a conversation of their own, in which is told what becomes of their parts. Told
    /// again, with more tasks, nothing is there twice.
    /// </summary>
    [Post("/internal/groups")]
    Task TellGroupAsync([Body] WorkingGroup group, CancellationToken cancellationToken);
}

/// <param name="Owner">Whose task it is.</param>
/// <param name="Tasks">In the order in which they were handed out.</param>
public sealed record WorkingGroup(string GroupId, string Owner, string? Prompt, IReadOnlyList<string> Agents, IReadOnlyList<WorkingPart> Tasks)
{
    public const int MostTasks = 1_000;
}

/// <param name="Role">See <see cref="Scheduler.GroupRole"/>.</param>
/// <param name="Prompt">Of a part that was handed out by one of them.</param>
public sealed record WorkingPart(string TaskId, string AgentId, string Role, string? Prompt);

public sealed record OrderBatch(IReadOnlyList<Order> Items)
{
    public const int MaxItems = 1_000;
}

/// <summary>One thing to tell a holder: one of these.</summary>
/// <param name="Instance">The Realtime process that the holder was last heard through.</param>
public sealed record Order(string Holder, string Instance, TaskOrder? Submit = null, TaskCancel? Cancel = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TaskAnswer? Answer = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TaskMessage? Message = null)
{
    /// <summary>What it is that is told; null where it is none of them, or several.</summary>
    public object? Told()
    {
        object?[] all = [Submit, Cancel, Answer, Message];
        return all.Count(each => each is not null) == 1 ? all.Single(each => each is not null) : null;
    }
}

/// <param name="NotHere">Places in the batch of those whose holder is certainly not connected.</param>
public sealed record OrdersTaken(IReadOnlyList<int> NotHere);
