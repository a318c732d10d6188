using System.Text.Json;
using System.Text.Json.Serialization;

namespace Agents.Contracts.Scheduler;

/// <param name="AgentId">Who has it, or had it last; else who was asked for.</param>
/// <param name="Attempt">Rises with each assignment.</param>
/// <param name="PromptRef">Where the prompt is long: its first 64 KiB stand in <paramref name="Prompt"/>, all of it is there.</param>
/// <param name="InputRef">The same of the input, whose beginning is shown as a text.</param>
/// <param name="Artifacts">The files that it was to keep.</param>
/// <param name="ResultRef">The same of the result; where the agent stored it itself, the result is what it said beside it.</param>
public sealed record TaskView(
    string TaskId, string Type, string? Prompt, JsonElement? Input, string Status, int Attempt, string? AgentId, string? DeviceId, string? PostId,
    string? GroupId, string? ParentId, IReadOnlyList<string> DependsOn, Requirements? Requires, int Priority, DateTimeOffset? NotBefore,
    DateTimeOffset? Deadline, int? Timeout, int MaxAttempts, RetryPolicy? Retry, string? DedupKey, IReadOnlyDictionary<string, string> Labels,
    string? SessionId, JsonElement? Result, TaskFault? Error, JsonElement? Usage, string CreatedBy, DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, ContentRef? PromptRef = null, ContentRef? InputRef = null, ContentRef? ResultRef = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Artifacts = null);

/// <param name="Kind">See <see cref="TaskErrorKind"/>.</param>
public sealed record TaskFault(string Kind, string Message);

/// <summary>A task in a list: without what may be long.</summary>
public sealed record TaskRow(
    string TaskId, string Type, string? Prompt, string Status, int Attempt, string? AgentId, string? DeviceId, string? PostId, string? ParentId,
    int Priority, IReadOnlyDictionary<string, string> Labels, TaskFault? Error, string CreatedBy, DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt)
{
    /// <summary>Characters of the prompt.</summary>
    public const int PromptLength = 200;
}

/// <param name="Cursor">For the next page; null after the last one.</param>
public sealed record TaskList(
    IReadOnlyList<TaskRow> Items, long Total,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? TotalCapped = null, string? Cursor = null);

public sealed record CanceledTask(bool Canceled = true);

public sealed record CancelTaskRequest(int? GraceSeconds = null, string? Reason = null) : IValidated
{
    public const int DefaultGrace = 10;

    public void Validate(Problems problems)
    {
        problems.Range(GraceSeconds, 0, 600);
        problems.OptionalText(Reason, 0, 1000);
    }
}

/// <summary>Where a task is to go on: to an agent, or to any that will do on a device.</summary>
/// <param name="GraceSeconds">So long whoever works on it may take to come to a turn's end.</param>
public sealed record MigrateTaskRequest(string? AgentId = null, string? DeviceId = null, int? GraceSeconds = null) : IValidated
{
    public const int DefaultGrace = 60;

    public void Validate(Problems problems)
    {
        problems.Id(AgentId);
        problems.Id(DeviceId);
        problems.Range(GraceSeconds, 0, 3600);
    }
}

/// <summary>Something that happened to a task.</summary>
/// <param name="Number">1, 2, 3 … of this task.</param>
/// <param name="Kind">
/// <c>state</c>, or the kind of a progress: <c>text</c>, <c>thinking</c>, <c>tool</c>, <c>log</c>, <c>usage</c>, <c>status</c>; or what people have to do
/// with it: <c>question</c>, <c>answer</c>, <c>message</c>.
/// </param>
/// <param name="Status">Of a state: the new one.</param>
public sealed record TaskEventView(
    string EventId, long Number, string Kind, string? Status, int Attempt, string? AgentId, string? DeviceId, DateTimeOffset At, JsonElement? Data,
    double? Percent);

public sealed record TaskEventList(IReadOnlyList<TaskEventView> Items, long Total, long? Next);

/// <summary>One assignment of a task, and how it went.</summary>
public sealed record AttemptView(
    int Attempt, string? AgentId, string? DeviceId, DateTimeOffset AssignedAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, string Status, TaskFault? Error);

/// <summary>Why a task stands where it stands; for one that waits, agent by agent.</summary>
public sealed record Explanation(string Status, string Reason, IReadOnlyList<AgentExplanation> Agents, long Total);

/// <param name="Reason">A word for programs: <c>offline</c>, <c>no_task_channel</c>, <c>busy</c>, <c>device_busy</c>, <c>draining</c>, <c>lacks_capability</c>, <c>lacks_label</c>, <c>other_device</c>, <c>budget</c>, <c>refused</c>, or <c>eligible</c>.</param>
public sealed record AgentExplanation(string AgentId, bool Eligible, string Reason, string Detail);
