using System.Text.Json;
using Agents.Contracts.Scheduler;
using Agents.ServiceDefaults.Envelopes;

namespace Agents.Scheduler.Tasks;

/// <summary>
/// A task as seed 003 shows it, for who writes <c>/api/tasks</c> without the version: fewer states, and the error is a text.
/// The API document tells of the canonical path only.
/// </summary>
internal sealed record PlainTask(
    string TaskId, string? AgentId, string Type, JsonElement? Input, string Status, int Priority, int Attempt, JsonElement? Result, string Error,
    DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt)
{
    /// <summary>The gateway says how the path began before it brought it into its one form.</summary>
    public static bool IsAskedFor(HttpRequest request) => request.Headers["X-Forwarded-Prefix"].ToString() == "/api";

    public static PlainTask Of(TaskView task) => new(
        task.TaskId, task.AgentId, task.Type, task.Input, TaskStatus.Plain(task.Status), task.Priority, task.Attempt, task.Result, task.Error?.Message ?? "",
        task.CreatedAt, task.StartedAt, task.FinishedAt);

    public static PlainTask Of(TaskRow task) => new(
        task.TaskId, task.AgentId, task.Type, null, TaskStatus.Plain(task.Status), task.Priority, task.Attempt, null, task.Error?.Message ?? "",
        task.CreatedAt, task.StartedAt, task.FinishedAt);
}

/// <summary>An answer in the seed's own shape.</summary>
internal sealed class PlainAnswer(object data) : IResult, IValueHttpResult
{
    public object Value => data;

    public Task ExecuteAsync(HttpContext httpContext) => EnvelopeWriter.WriteAsync(httpContext, Contracts.ErrorCode.Ok, data: data);
}
