using TaskStatus = Agents.Contracts.Scheduler.TaskStatus;

namespace Agents.Tests.App.Work.Model;

/// <summary>When an attempt had its place, as its task's events tell it. Pure.</summary>
internal sealed record Place(ModelTask Task, int Attempt, string Agent, DateTimeOffset From, DateTimeOffset To, bool IsAssigned)
{
    /// <summary>Work that goes on after it was given up takes a place that may be another's just now.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(250);

    /// <summary>Of a program that was told to stop, and whose holder is heard: it cannot be over sooner, unless the holder says so.</summary>
    private static readonly TimeSpan Lingering = HastyApp.Lease * 0.7;

    public static IEnumerable<Place> Of(ModelTask task)
    {
        Happening? open = null;
        foreach (var e in task.Happenings.Where(e => e.Kind == "state"))
        {
            if (e.Status is TaskStatus.Assigned or TaskStatus.Running)
            {
                open ??= e;
            }
            else if (open is not null)
            {
                yield return Closed(task, open, e);
                open = null;
            }
        }

        if (open is not null)
        {
            yield return Closed(task, open, open with { At = DateTimeOffset.MaxValue, Status = null });
        }
    }

    /// <summary>How many others were there when this one was given its place.</summary>
    public bool IsThereAt(Place other) => this != other && From < other.From && other.From < To;

    private static Place Closed(ModelTask task, Happening from, Happening to)
    {
        var piece = task.Pieces.GetValueOrDefault(from.Attempt);
        var until = to.At;
        if (piece?.AcceptedAt < to.At && Transitions.MayLinger(to))
        {
            var over = piece.OverSaidAt ?? DateTimeOffset.MaxValue;
            until = over <= to.At ? to.At : over < to.At + Lingering ? over : to.At + Lingering;
        }

        return new(task, from.Attempt, from.AgentId!, from.Status == TaskStatus.Running ? from.At + Settling : from.At, until, from.Status == TaskStatus.Assigned);
    }
}
