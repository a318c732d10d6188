using System.Text.Json;
using Agents.Contracts.Registry;

namespace Agents.Contracts.Scheduler;

/// <summary>Work for an agent: the one that is asked for, one of a post, or whichever has what is required.</summary>
/// <param name="Prompt">What to do, in words. <see cref="Input"/> is for programs.</param>
/// <param name="DependsOn">Ids of tasks; within a batch also <c>#ref</c> of another one.</param>
/// <param name="Ref">What other tasks of the same batch call it.</param>
/// <param name="NotBefore">It waits until then.</param>
/// <param name="Deadline">If it has not begun by then, it fails.</param>
/// <param name="Timeout">Seconds that one attempt may take.</param>
/// <param name="MaxAttempts">Attempts that an agent accepted; deliveries that nobody accepted do not count.</param>
/// <param name="DedupKey">With the same key from the same caller there is one task, for as long as the window is.</param>
/// <param name="SessionId">A conversation that is continued.</param>
/// <param name="Options">For the program that does the work.</param>
/// <param name="Artifacts">Files that are to be kept of where it works, see <see cref="ArtifactPatterns"/>; beside those that its post names.</param>
public sealed record SubmitTaskRequest(
    string? AgentId = null, string? PostId = null, string? Type = null, string? Prompt = null, JsonElement? Input = null, Priority? Priority = null,
    Requirements? Requires = null, IReadOnlyList<string>? DependsOn = null, string? OnDependencyFailure = null, string? Ref = null,
    DateTimeOffset? NotBefore = null, DateTimeOffset? Deadline = null, int? Timeout = null, int? MaxAttempts = null, RetryPolicy? Retry = null,
    string? DedupKey = null, string? DedupPolicy = null, int? DedupWindow = null, string? SessionId = null,
    IReadOnlyDictionary<string, string>? Labels = null, JsonElement? Options = null,
    IReadOnlyList<string>? Artifacts = null) : IValidated
{
    public const int MaxPromptBytes = 4 * 1024 * 1024;
    public const int MaxInputBytes = 4 * 1024 * 1024;
    public const int MaxDependencies = 100;
    public const int DefaultMaxAttempts = 3;
    public const int DefaultDedupWindow = 24 * 3600;

    public void Validate(Problems problems)
    {
        problems.Id(AgentId);
        problems.Id(PostId);
        problems.OptionalText(Type, 0, 64);
        problems.OptionalText(Ref, 1, 64);
        problems.OptionalText(DedupKey, 1, 255);
        problems.Id(SessionId);
        problems.Bytes(Prompt, MaxPromptBytes);
        problems.Json(Input, MaxInputBytes);
        problems.Json(Options, 16 * 1024);
        problems.Labels(Labels);
        problems.Artifacts(Artifacts);
        problems.Range(Timeout, 1, 30 * 24 * 3600);
        problems.Range(MaxAttempts, 1, 100);
        problems.Range(DedupWindow, 1, 30 * 24 * 3600);
        problems.OneOf(OnDependencyFailure, DependencyFailure.Fail, DependencyFailure.Run);
        problems.OneOf(DedupPolicy, Scheduler.DedupPolicy.ReturnExisting, Scheduler.DedupPolicy.Reject, Scheduler.DedupPolicy.ForceNew);
        Requires?.Validate(problems);
        Retry?.Validate(problems);
        if (DependsOn is not null && (DependsOn.Count > MaxDependencies || DependsOn.Any(id => id is not { Length: > 0 and <= Ids.MaxLength })))
        {
            problems.Add("depends_on", $"must be at most {MaxDependencies} ids of tasks");
        }

        if (Deadline <= NotBefore)
        {
            problems.Add("deadline", "must be after not_before");
        }
    }
}

/// <summary>What the agent, or its device, must have.</summary>
/// <param name="Device">It has to run there.</param>
public sealed record Requirements(
    IReadOnlyList<string>? Capabilities = null, IReadOnlyDictionary<string, string>? Labels = null, string? Device = null) : IValidated
{
    public void Validate(Problems problems)
    {
        problems.Capabilities(Capabilities, "requires.capabilities");
        problems.Labels(Labels, "requires.labels");
        problems.Id(Device, "requires.device");
    }
}

/// <param name="Backoff">Seconds before the second try; doubled for each further one, five minutes at most.</param>
public sealed record RetryPolicy(double? Backoff = null) : IValidated
{
    public const double DefaultBackoff = 1;
    public const double MaxBackoff = 3600;

    public void Validate(Problems problems)
    {
        if (Backoff is < 0 or > MaxBackoff)
        {
            problems.Add("retry.backoff", $"must be between 0 and {MaxBackoff} seconds");
        }
    }
}

public static class DependencyFailure
{
    public const string Fail = "fail";

    /// <summary>It runs all the same, once all have ended.</summary>
    public const string Run = "run";
}

public static class DedupPolicy
{
    public const string ReturnExisting = "return_existing";
    public const string Reject = "reject";
    public const string ForceNew = "force_new";
}

/// <param name="Existing">It was there already, under the same dedup key.</param>
public sealed record SubmittedTask(
    string TaskId, string Status,
    [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault)] bool Existing = false);

/// <param name="Atomic">All or nothing; else each for itself.</param>
public sealed record SubmitBatchRequest(IReadOnlyList<SubmitTaskRequest> Tasks, bool Atomic = false) : IValidated
{
    public const int MaxTasks = 1_000;

    public void Validate(Problems problems)
    {
        if (Tasks is not { Count: > 0 and <= MaxTasks } || Tasks.Any(task => task is null))
        {
            problems.Add("tasks", $"must be 1 to {MaxTasks} tasks");
        }
    }
}

public sealed record SubmittedBatch(IReadOnlyList<BatchItem> Items);

/// <summary>Either the task, or why there is none.</summary>
public sealed record BatchItem(
    string? TaskId = null, string? Status = null, int? Code = null, string? Message = null, IReadOnlyDictionary<string, string[]>? Errors = null);
