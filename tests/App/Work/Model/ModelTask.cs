using Agents.Contracts.Scheduler;
using TaskStatus = Agents.Contracts.Scheduler.TaskStatus;

namespace Agents.Tests.App.Work.Model;

/// <summary>A task as the contract has it: what was asked for, and where its events so far have brought it.</summary>
internal sealed class ModelTask(int n, ModelUser owner, ModelOrder order)
{
    private readonly List<Happening> _happenings = [];

    public string Name => $"#{n}";

    public int N => n;

    public string Id { get; set; } = "";

    public ModelUser Owner => owner;

    public ModelOrder Order => order;

    public string? Status { get; private set; }

    public int Attempt { get; private set; }

    public int Accepted { get; private set; }

    public bool IsAccepted { get; private set; }

    /// <summary>The holder said itself that the attempt is over, or a person began anew: it has no further say.</summary>
    public bool IsSettled { get; private set; } = true;

    /// <summary>So soon it may be queued again.</summary>
    public DateTimeOffset NotEarlier { get; private set; }

    /// <summary>Since when its attempt is to come to an end, and to go on elsewhere.</summary>
    public DateTimeOffset? MovedAt { get; private set; }

    /// <summary>Nobody had accepted it then: it is given no time, also where somebody does meanwhile.</summary>
    public bool IsMovedAtOnce { get; private set; }

    public bool IsCancelAsked { get; set; }

    public int RetriesAsked { get; set; }

    /// <summary>By attempt: what holders were given of it.</summary>
    public Dictionary<int, Piece> Pieces { get; } = [];

    public IReadOnlyList<Happening> Happenings => _happenings;

    /// <summary>Its last turn; that it is to go on elsewhere is none, and no limit begins anew with it.</summary>
    public Happening Last => _happenings.Last(e => e.Kind == "state" && !e.IsMoved);

    public Piece? Current => Pieces.GetValueOrDefault(Attempt);

    public bool HasEnded => Status is not null && TaskStatus.IsEnd(Status);

    /// <summary>Attempts that count, were this one over now.</summary>
    public int Tries => Accepted + (IsAccepted ? 0 : 1);

    public bool HadEnded(DateTimeOffset by, bool anyhow) =>
        _happenings.Any(e => e.At <= by && (e.Status == TaskStatus.Done || (anyhow && e.Status is not null && TaskStatus.IsEnd(e.Status))));

    public bool HadFailed(DateTimeOffset by) => _happenings.Any(e => e.At <= by && e.Status is TaskStatus.Failed or TaskStatus.Canceled);

    /// <summary>What is wrong with it; null where the contract has it so.</summary>
    public string? Apply(Happening e, Outages outages)
    {
        if (e.Number != _happenings.Count + 1)
        {
            return $"event {e.Number} comes after {_happenings.Count}";
        }

        var fault = e.Kind == "state" ? Transitions.Fault(this, e, outages) : ProgressRule.Fault(this, e);
        _happenings.Add(e);
        if (e.Kind == "state")
        {
            Move(e);
        }

        return fault;
    }

    private void Move(Happening e)
    {
        if (e.IsMoved)
        {
            (MovedAt, IsMovedAtOnce) = (e.At, !IsAccepted);
            return;
        }

        var (from, to) = (Status, e.Status!);
        var wasMoving = MovedAt is not null && to is TaskStatus.Queued or TaskStatus.Scheduled;
        var report = Transitions.ReportBehind(this, e);
        Status = to;
        Attempt = e.Attempt;
        switch (to)
        {
            case TaskStatus.Assigned:
                (IsAccepted, IsSettled) = (false, false);
                break;
            case TaskStatus.Running when !IsAccepted:
                (IsAccepted, Accepted) = (true, Accepted + 1);
                break;
            case TaskStatus.Queued when from is TaskStatus.Failed or TaskStatus.Canceled:
                (Accepted, IsAccepted, IsSettled, RetriesAsked, IsCancelAsked) = (0, true, true, RetriesAsked - 1, false);
                break;
            case TaskStatus.Scheduled when Attempt > 0:
                NotEarlier = e.At + Transitions.ShortestPause(order.Backoff, Tries);
                break;
        }

        if (wasMoving)
        {
            // That was no try.
            Accepted -= IsAccepted ? 1 : 0;
        }
        else if (report is not null)
        {
            // What it said it could not have said without having taken it.
            Accepted += !IsAccepted && report.Kind is not TaskErrorKind.Refused ? 1 : 0;
        }

        MovedAt = to == TaskStatus.Running ? MovedAt : null;
        (IsSettled, IsAccepted) = report is null ? (IsSettled, IsAccepted) : (true, true);
    }
}

/// <summary>What was asked for.</summary>
/// <param name="DependsOn">Whose end it waits for.</param>
internal sealed record ModelOrder(
    ModelAgent? Agent, string? Capability, IReadOnlyList<ModelTask> DependsOn, bool RunsAnyway, DateTimeOffset? NotBefore, int MaxAttempts, double Backoff,
    int? Timeout, int Priority, string? DedupKey = null, string? DedupPolicy = null)
{
    public override string ToString() =>
        $"for {Agent?.Id ?? Capability}, {MaxAttempts} attempts, backoff {Backoff}, timeout {Timeout}, priority {Priority}, not before {NotBefore:mm:ss.fff}, "
        + $"after {string.Join(' ', DependsOn.Select(on => on.Name))} {(RunsAnyway ? "anyway" : "")} {DedupKey} {DedupPolicy}";
}
