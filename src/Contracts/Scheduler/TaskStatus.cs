namespace Agents.Contracts.Scheduler;

/// <summary>Where a task stands. docs/protocol.md has the arrows between them.</summary>
public static class TaskStatus
{
    public const string Blocked = "blocked";
    public const string Scheduled = "scheduled";
    public const string Queued = "queued";
    public const string Assigned = "assigned";
    public const string Running = "running";

    /// <summary>It runs, and asks a person or waits for its children.</summary>
    public const string Waiting = "waiting";

    public const string Done = "done";
    public const string Failed = "failed";
    public const string Canceled = "canceled";

    public static IReadOnlyList<string> All { get; } = [Blocked, Scheduled, Queued, Assigned, Running, Waiting, Done, Failed, Canceled];

    public static bool IsEnd(string status) => status is Done or Failed or Canceled;

    /// <summary>Seed 003 knows fewer of them.</summary>
    public static string Plain(string status) => status switch
    {
        Assigned or Waiting => Running,
        Blocked or Scheduled => Queued,
        _ => status,
    };
}

/// <summary>Why an attempt ended badly.</summary>
public static class TaskErrorKind
{
    /// <summary>Its device was not heard of for as long as a lease is.</summary>
    public const string DeviceLost = "device_lost";
    public const string Timeout = "timeout";
    public const string Canceled = "canceled";

    /// <summary>The agent does not take it now.</summary>
    public const string Refused = "refused";
    public const string EmptyResult = "empty_result";
    public const string Auth = "auth";
    public const string Quota = "quota";
    public const string Crashed = "crashed";
    public const string BadOutput = "bad_output";
    public const string DependencyFailed = "dependency_failed";

    /// <summary>What an agent said without a kind.</summary>
    public const string Failed = "failed";

    public static IReadOnlyList<string> All { get; } =
        [DeviceLost, Timeout, Canceled, Refused, EmptyResult, Auth, Quota, Crashed, BadOutput, DependencyFailed, Failed];

    /// <summary>Whether another try may help, where the agent did not say.</summary>
    public static bool IsRetryable(string kind) => kind is DeviceLost or Timeout or EmptyResult or Quota or Crashed or BadOutput;
}
