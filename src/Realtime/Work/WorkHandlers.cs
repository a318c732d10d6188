using Agents.Contracts;
using Agents.Contracts.Realtime;
using Agents.Contracts.Scheduler;
using Agents.Realtime.Hub;

namespace Agents.Realtime.Work;

internal sealed class TaskAcceptHandler(WordQueue queue, Holders holders) : IHandler<TaskAccept>
{
    public ValueTask<Fault?> HandleAsync(Connection from, TaskAccept message, CancellationToken cancellationToken)
    {
        holders.HasWork(from);
        return queue.SayAsync(from, message.TaskId, cancellationToken, new(WordKind.Accept, from.Peer.Key, from.Id, message.TaskId, message.Attempt, Brings: message.Brings));
    }
}

internal sealed class TaskProgressHandler(WordQueue queue) : IHandler<TaskProgress>
{
    public ValueTask<Fault?> HandleAsync(Connection from, TaskProgress message, CancellationToken cancellationToken) => queue.SayAsync(
        from, message.TaskId, cancellationToken,
        new(WordKind.Progress, from.Peer.Key, from.Id, message.TaskId, message.Attempt, Seq: message.Seq, What: message.Kind, Data: message.Data, Percent: message.Percent));
}

internal sealed class TaskResultHandler(WordQueue queue) : IAnsweringHandler<TaskResult>
{
    public ValueTask<Fault?> HandleAsync(Connection from, TaskResult message, string? id, CancellationToken cancellationToken) => queue.SayAsync(
        from, message.TaskId, cancellationToken,
        new(
            WordKind.Result, from.Peer.Key, from.Id, message.TaskId, message.Attempt, Data: message.Result, SessionId: message.SessionId, Usage: message.Usage,
            ResultRef: message.ResultRef, Ref: message.ResultRef is null ? null : id));
}

internal sealed class TaskErrorHandler(WordQueue queue) : IHandler<TaskError>
{
    public ValueTask<Fault?> HandleAsync(Connection from, TaskError message, CancellationToken cancellationToken) => queue.SayAsync(
        from, message.TaskId, cancellationToken,
        new(
            WordKind.Error, from.Peer.Key, from.Id, message.TaskId, message.Attempt, What: message.Kind, Error: message.Error, Retryable: message.Retryable,
            SessionId: message.SessionId, Usage: message.Usage, PackageRef: message.PackageRef));
}

internal sealed class TaskQuestionHandler(WordQueue queue) : IAnsweringHandler<TaskQuestion>
{
    public ValueTask<Fault?> HandleAsync(Connection from, TaskQuestion message, string? id, CancellationToken cancellationToken) => queue.SayAsync(
        from, message.TaskId, cancellationToken,
        new(WordKind.Question, from.Peer.Key, from.Id, message.TaskId, message.Attempt, Question: AskedQuestion.Of(message), Ref: id));
}

/// <summary>A person's task, stored before it is answered.</summary>
internal sealed class TaskSubmitHandler(ISchedulerInternal scheduler, TimeProvider time) : IAnsweringHandler<SubmitTaskRequest>
{
    public async ValueTask<Fault?> HandleAsync(Connection from, SubmitTaskRequest message, string? id, CancellationToken cancellationToken)
    {
        if (from.Peer is not PersonPeer person || person.Claims.Roles is [Roles.Viewer])
        {
            from.Tell(FaultKind.NotItsOwn, "task/submit");
            return new(ErrorCode.NotAllowed, "Only people who may change things submit tasks here.");
        }

        var task = message with { AgentId = message.AgentId ?? person.Watched };
        try
        {
            var stored = await scheduler.SubmitAsync(new(person.Claims.Sub, [.. person.Claims.Roles], task), cancellationToken);
            from.Send(new TaskStatePayload(stored.TaskId, null, stored.Status, 0, task.AgentId, time.GetUtcNow(), Ref: id));
            return null;
        }
        catch (Refit.ApiException e) when (SubmitFault.Of(e) is { } fault)
        {
            return fault;
        }
    }
}

internal static class Saying
{
    /// <summary>Only those who take tasks speak of them. Whether it is theirs Scheduler knows.</summary>
    public static async ValueTask<Fault?> SayAsync(this WordQueue queue, Connection from, string taskId, CancellationToken cancellationToken, HolderWord word)
    {
        if (!Holders.SpeaksOfTasks(from.Peer))
        {
            from.Tell(FaultKind.NotItsOwn, taskId);
            return new(ErrorCode.NotAllowed, "Only agents and devices speak of the work on tasks.");
        }

        if (!Guid.TryParse(taskId, out _))
        {
            return new(ErrorCode.Invalid, "payload.task_id is not the id of a task.");
        }

        await queue.SayAsync(word, cancellationToken);
        return null;
    }
}
