using Agents.Contracts.Scheduler;
using TaskStatus = Agents.Contracts.Scheduler.TaskStatus;

namespace Agents.Tests.App.Work.Model;

/// <summary>
/// The table "States" of docs/protocol.md: which arrows there are, and what has to have been done or left undone before one
/// is gone. Pure.
/// </summary>
internal static class Transitions
{
    public static readonly TimeSpan AcceptLimit = TimeSpan.FromSeconds(1);

    private const string NotAccepted = "Nobody accepted it in time.";
    private const string GoesOnElsewhere = "Its end was not told in time. It goes on elsewhere, with nothing of what was done here.";
    private const string TurnsEnd = "It came to a turn's end, and goes on elsewhere.";

    /// <summary>Of <see cref="HastyApp"/>.</summary>
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(2);

    /// <summary>Clocks of a process and of the database are the same here, but a transaction's time is that of its begin.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(50);

    /// <summary>What a submit is to be is decided so long before its transaction begins, or after it, at most.</summary>
    private static readonly TimeSpan Decided = TimeSpan.FromSeconds(2);

    public static string? Fault(ModelTask task, Happening e, Outages outages)
    {
        if (e.IsMoved)
        {
            return IsMarked(task, e) ? null : $"{task.Status} → {e.Status} of attempt {e.Attempt} is a move that has no cause";
        }

        var attempt = task.Attempt + (e.Status == TaskStatus.Assigned ? 1 : 0);
        return e.Attempt != attempt ? $"{task.Status} → {e.Status}: the attempt is {e.Attempt}, and not {attempt}"
            : IsExplained(task, e, outages) ? null
            : $"{task.Status} → {e.Status} of attempt {e.Attempt} ({e.FaultKind}: {e.Message}) has no cause; it was accepted {task.Accepted} times of {task.Order.MaxAttempts}";
    }

    public static TimeSpan ShortestPause(double backoff, int tries) => TimeSpan.FromSeconds(0.8 * backoff * Math.Pow(2, tries - 1));

    /// <summary>The program is told to stop, and has its place until it has.</summary>
    public static bool MayLinger(Happening end) =>
        (end.Status == TaskStatus.Canceled && end.Message?.StartsWith("Canceled by", StringComparison.Ordinal) is true)
        || end.FaultKind == TaskErrorKind.Timeout || end.Message == GoesOnElsewhere;

    /// <summary>Its task has ended, or its attempt was over for taking too long or for not being accepted.</summary>
    public static bool IsGivenUp(Happening e) =>
        e.Kind == "state" && (TaskStatus.IsEnd(e.Status!) || e.FaultKind is TaskErrorKind.Timeout or TaskErrorKind.Refused or TaskErrorKind.DeviceLost || e.Message == GoesOnElsewhere);

    /// <summary>The holder came to an end as it was asked to, for the task to go on elsewhere.</summary>
    public static bool IsTurnsEnd(Report report, Happening e) => report.Kind == TaskErrorKind.Canceled && e.Message == TurnsEnd;

    /// <summary>The holder's own word that brought this about; null where it was something else.</summary>
    public static Report? ReportBehind(ModelTask task, Happening e) =>
        task.IsSettled || task.Current is not { } piece ? null
        : e.Status == TaskStatus.Done ? piece.Reports.Find(report => report.IsResult)
        : e.Message is { } text ? piece.Reports.Find(report => !report.IsResult && (report.Text == text || IsTurnsEnd(report, e)))
        : null;

    private static bool IsExplained(ModelTask task, Happening e, Outages outages)
    {
        if (ReportBehind(task, e) is { } report)
        {
            return IsMeantBy(task, e, report);
        }

        return (task.Status, e.Status) switch
        {
            (null, _) => e.Status == First(task, e.At - Decided) || e.Status == First(task, e.At + Decided),
            (TaskStatus.Blocked, TaskStatus.Queued or TaskStatus.Scheduled) => task.Order.DependsOn.All(on => on.HadEnded(e.At, task.Order.RunsAnyway)),
            (TaskStatus.Blocked, TaskStatus.Failed) =>
                e.FaultKind == TaskErrorKind.DependencyFailed && !task.Order.RunsAnyway && task.Order.DependsOn.Any(on => on.HadFailed(e.At)),
            (TaskStatus.Scheduled, TaskStatus.Queued) => e.At >= (task.Attempt > 0 ? task.NotEarlier : task.Order.NotBefore) - Slack,
            // Whom it went to is looked at when all has come to rest.
            (TaskStatus.Queued, TaskStatus.Assigned) => true,
            (TaskStatus.Assigned, TaskStatus.Running) => task.Current?.AcceptedAt is not null,
            // Its lease was over, or it could not be delivered, and nobody else has it: it goes on. Who was told to stop does not.
            (TaskStatus.Queued, TaskStatus.Running) => !task.IsSettled && task.Current?.AcceptedAt is not null && task.Last.Message is not (NotAccepted or GoesOnElsewhere),
            (TaskStatus.Failed or TaskStatus.Canceled, TaskStatus.Queued) => task.RetriesAsked > 0,
            (not (TaskStatus.Done or TaskStatus.Failed), TaskStatus.Canceled) => task.IsCancelAsked,
            (TaskStatus.Assigned or TaskStatus.Running, TaskStatus.Queued or TaskStatus.Scheduled or TaskStatus.Failed) => IsLost(task, e, outages),
            _ => false,
        };
    }

    private static string First(ModelTask task, DateTimeOffset at) =>
        task.Order.DependsOn.Count > 0 ? TaskStatus.Blocked : task.Order.NotBefore > at ? TaskStatus.Scheduled : TaskStatus.Queued;

    private static bool IsMeantBy(ModelTask task, Happening e, Report report) => e.Status == report switch
    {
        { IsResult: true } => TaskStatus.Done,
        { Kind: TaskErrorKind.Canceled } when task.MovedAt is not null => TaskStatus.Queued,
        // Who only obeys when he is told to stop says nothing of a task that waits for its next attempt.
        { Kind: TaskErrorKind.Canceled } => task.Status is TaskStatus.Queued or TaskStatus.Scheduled && task.Current!.CanceledAt < e.At ? "" : TaskStatus.Canceled,
        { Kind: TaskErrorKind.Refused } => TaskStatus.Queued,
        _ when task.Tries >= task.Order.MaxAttempts => TaskStatus.Failed,
        _ when !(report.Retryable ?? (report.Kind is { } kind && TaskErrorKind.IsRetryable(kind))) => TaskStatus.Failed,
        _ => task.Order.Backoff > 0 ? TaskStatus.Scheduled : TaskStatus.Queued,
    };

    /// <summary>Its device takes nothing more, and others may have it.</summary>
    private static bool IsMarked(ModelTask task, Happening e) =>
        e.Status == task.Status && e.Attempt == task.Attempt && task.Status is TaskStatus.Assigned or TaskStatus.Running
        && task is { MovedAt: null, Order.Agent: null } && task.Current?.Agent.WasDraining(e.At) is not false;

    /// <summary>Without a word of its holder.</summary>
    private static bool IsLost(ModelTask task, Happening e, Outages outages)
    {
        var isFailed = e.Status == TaskStatus.Failed;
        var last = task.Last.At;
        return (e.FaultKind, e.Status) switch
        {
            (TaskErrorKind.Refused, TaskStatus.Queued) => task.Status == TaskStatus.Assigned
                && (e.At - last >= AcceptLimit - Slack || outages.Touch(last, e.At) || task.Current is not { } given || given.Holder.WasAway(last, e.At)),
            // What was to go on elsewhere anyhow does so: that was no try.
            (TaskErrorKind.DeviceLost, TaskStatus.Queued or TaskStatus.Failed) => task.Status == TaskStatus.Running
                && isFailed == (task.MovedAt is null && task.Accepted >= task.Order.MaxAttempts)
                && task.Current is { } held && (held.DroppedAt < e.At || held.Holder.WasSilent(held, e.At) || outages.Touch(last, e.At)),
            (TaskErrorKind.Canceled, TaskStatus.Queued) => e.Message == GoesOnElsewhere
                && task.MovedAt is { } moved && (task.IsMovedAtOnce || e.At - moved >= DrainLimit - Slack),
            (TaskErrorKind.Timeout, _) => task.Order.Timeout is { } limit && e.At - last >= TimeSpan.FromSeconds(limit) - Slack
                && isFailed == task.Accepted >= task.Order.MaxAttempts,
            _ => false,
        };
    }
}
