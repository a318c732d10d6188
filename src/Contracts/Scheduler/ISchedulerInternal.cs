using System.Text.Json;
using System.Text.Json.Serialization;
using Refit;

namespace Agents.Contracts.Scheduler;

/// <summary>What Realtime and Posts tell Scheduler and ask of it. Never routed by the gateway.</summary>
public interface ISchedulerInternal
{
    /// <summary>What holders said, in the order in which they said it, and that this Realtime lives. At least every two seconds.</summary>
    [Post("/internal/work/words")]
    Task<WordAnswers> ReportAsync([Body] WordReport report, CancellationToken cancellationToken);

    /// <summary>For somebody who submits by a socket. 400 names the fields that are wrong.</summary>
    [Post("/internal/work/tasks")]
    Task<SubmittedTask> SubmitAsync([Body] SubmitFor submit, CancellationToken cancellationToken);

    /// <summary>Answers at once when something was written after the cursor, else when it is, else empty after <paramref name="wait"/> seconds.</summary>
    /// <param name="after">From the last page; null begins now, with an empty page.</param>
    [Get("/internal/work/events")]
    Task<TaskEventPage> GetEventsAsync(string? after, int wait, CancellationToken cancellationToken);

    /// <summary>How these tasks stand; those that are not there any more are left out.</summary>
    [Post("/internal/work/tasks/standing")]
    Task<TasksStanding> GetStandingAsync([Body] TaskIds tasks, CancellationToken cancellationToken);

    /// <summary>What has ended since, of a post that is tried. Who does not ask for an hour is forgotten.</summary>
    [Post("/internal/trials")]
    Task<TrialPage> GetTrialAsync([Body] TrialAsked asked, CancellationToken cancellationToken);

    /// <summary>Who has this attempt just now. 404 where nobody has: it is over, or there never was one.</summary>
    /// <param name="wait">So many seconds an accept that is on its way is waited for; then it is answered without one.</param>
    [Get("/internal/work/tasks/{taskId}/attempts/{attempt}")]
    Task<AttemptHolder> GetHolderAsync(string taskId, int attempt, int wait, CancellationToken cancellationToken);
}

/// <param name="DeviceId">The device that runs it; null where only a process of the agent's own does.</param>
/// <param name="IsByItself">The agent's own process runs it, and shows the agent's token.</param>
/// <param name="IsAccepted">Else it was given, and its holder has not said yet that it takes it.</param>
public sealed record AttemptHolder(string AgentId, string? DeviceId, bool IsByItself, bool IsAccepted);

/// <param name="Caller">A person's id.</param>
public sealed record SubmitFor(string Caller, IReadOnlyList<string> Roles, SubmitTaskRequest Task);

public sealed record TaskIds(IReadOnlyList<string> Ids)
{
    public const int Most = 500;
}

public sealed record TasksStanding(IReadOnlyList<TaskStanding> Items);

/// <param name="Result">Where it is done; of one that is long the beginning, and <paramref name="ResultRef"/> is all of it.</param>
/// <param name="Usage">Of what has ended.</param>
public sealed record TaskStanding(
    string TaskId, string Status, JsonElement? Result, ContentRef? ResultRef, TaskFault? Error, string? SessionId, UsageSum Usage);

/// <param name="Instance">New with each Realtime process.</param>
public sealed record WordReport(string Instance, IReadOnlyList<HolderWord> Words)
{
    public const int MaxWords = 2_000;

    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);
}

public enum WordKind
{
    /// <summary>It has connected.</summary>
    Here,

    /// <summary>That connection has ended.</summary>
    Gone,

    /// <summary>It lives, and works on what <see cref="HolderWord.Running"/> names.</summary>
    Lease,
    Accept,
    Progress,
    Result,
    Error,

    /// <summary>Its program asks something: <see cref="HolderWord.Question"/>.</summary>
    Question,
}

/// <summary>One thing that a holder said.</summary>
/// <param name="Holder"><c>device:D</c> or <c>agent:A</c>.</param>
/// <param name="Connection">Ids of connections rise with time: an older one's words about itself do not count.</param>
/// <param name="Attempt">Null: the one that this holder has. Seed 003's agents know no attempts.</param>
/// <param name="TakesTasks">Of one that is here: false where its connection has no messages for them.</param>
/// <param name="ResultRef">Of a result: the artifact that it is.</param>
/// <param name="PackageRef">Of the end of what is moved: the artifact with what there was of it.</param>
/// <param name="Brings">Of an accept: when it is moved, there will be such an artifact.</param>
/// <param name="Ref">The id of the frame, where the answer may have to name it.</param>
/// <param name="Running">Of a lease: null where the holder never says it, and then all that it has accepted.</param>
public sealed record HolderWord(
    WordKind Kind, string Holder, string Connection, string? TaskId = null, int? Attempt = null, IReadOnlyList<TaskAttempt>? Running = null,
    double? Load = null, long? Seq = null, string? What = null, JsonElement? Data = null, double? Percent = null, string? SessionId = null,
    JsonElement? Usage = null, string? Error = null, bool? Retryable = null, bool? TakesTasks = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ResultRef = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Ref = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] AskedQuestion? Question = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? PackageRef = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Brings = false);

public sealed record TaskAttempt(string TaskId, int Attempt);

/// <summary>What is to be said back. Only what there is to say.</summary>
public sealed record WordAnswers(IReadOnlyList<WordAnswer> Items);

/// <param name="Accepted">Of a result or an error; null: the work is stale, and is to be canceled.</param>
/// <param name="Fault">The word was wrong, and says why; nothing of it was stored.</param>
/// <param name="Ref">The id of the frame that was wrong.</param>
public sealed record WordAnswer(
    string Holder, string TaskId, int Attempt, bool? Accepted = null, string? Reason = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Fault = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Ref = null);

public static class AckReason
{
    /// <summary>This very attempt has been stored before.</summary>
    public const string AlreadyStored = "already_stored";

    /// <summary>A higher attempt exists.</summary>
    public const string Superseded = "superseded";

    /// <summary>The task ended otherwise: canceled, timed out.</summary>
    public const string Ended = "ended";

    /// <summary>There is no such task, or it is not this holder's.</summary>
    public const string Unknown = "unknown";
}

/// <param name="Cursor">To ask on with.</param>
public sealed record TaskEventPage(string Cursor, IReadOnlyList<TaskEventItem> Items);

/// <param name="Owner">Who submitted the task: he may see it.</param>
public sealed record TaskEventItem(string TaskId, string Owner, TaskEventView Event);
