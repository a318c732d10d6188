using Agents.Contracts.Scheduler;
using TaskStatus = Agents.Contracts.Scheduler.TaskStatus;

namespace Agents.Tests.App.Work.Model;

/// <summary>What has to be true when all is at rest.</summary>
internal sealed class Reckoning(World world)
{
    private static readonly TimeSpan ShownWithin = TimeSpan.FromSeconds(10);

    public async Task MakeAsync()
    {
        foreach (var task in world.Tasks)
        {
            await EqualAsync(task);
        }

        foreach (var piece in world.Pieces)
        {
            if ((AckFault(piece) ?? CancelFault(piece)) is { } fault)
            {
                world.Story.Fault(piece.Task, $"{piece}: {fault}");
            }
        }

        foreach (var (task, attempt, holder) in world.Stopped)
        {
            if (!task.Happenings.Any(e => e.Status == TaskStatus.Assigned && e.Attempt == attempt && holder.Agents.Exists(agent => agent.Id == e.AgentId)))
            {
                world.Story.Fault(task, $"{holder.Name} was told to stop attempt {attempt}, which was none of its agents'");
            }
        }

        Places();
        var listed = (await world.GetAsync(world.Admin, $"/api/v1/tasks?type={world.Type}&page_size=1")).GetProperty("total").GetInt64();
        Assert.True(listed == world.Tasks.Count, $"{listed} tasks are there, and {world.Tasks.Count} were acknowledged");
        ModelTask? unseen = null;
        await world.UntilAsync(
            () => Task.FromResult((unseen = world.Tasks.Find(task => world.Watcher.Missed(task) is not null)) is null), ShownWithin,
            () => (unseen, $"its watcher was not shown {world.Watcher.Missed(unseen!)}"));
    }

    private async Task EqualAsync(ModelTask task)
    {
        var seen = await world.CheckAsync(task);
        var (status, attempt) = (seen.GetProperty("status").GetString(), seen.GetProperty("attempt").GetInt32());
        var text = status == TaskStatus.Done ? seen.GetProperty("result").GetProperty("text").GetString() : seen.GetProperty("error").GetProperty("message").GetString();
        var isRight = status == TaskStatus.Done ? task.Current!.Reports.Exists(report => report.IsResult && report.Text == text) : text == task.Last.Message;
        if (!task.HasEnded || status != task.Status || attempt != task.Attempt || !isRight)
        {
            throw world.Story.Wrong(task, $"is shown as {seen}");
        }
    }

    /// <summary>The reasons of docs/protocol.md.</summary>
    private static string? AckFault(Piece piece)
    {
        var counted = piece.Task.Happenings.Any(e => e.Kind == "state" && e.Attempt == piece.Attempt
            && piece.Reports.Exists(report => report.IsResult ? e.Status == TaskStatus.Done : e.Message == report.Text || Transitions.IsTurnsEnd(report, e)));
        return piece.Acks.Select(ack => (ack.Accepted, ack.Reason) switch
        {
            (true, null) => counted,
            // A task that was begun anew does not know any more how this attempt ended.
            (false, AckReason.AlreadyStored) => counted || piece.Task.Happenings.Any(e => e.Status == TaskStatus.Queued && e.Attempt == piece.Attempt && e.FaultKind is null),
            (false, AckReason.Superseded) => piece.Task.Happenings.Any(e => e.Status == TaskStatus.Assigned && e.Attempt > piece.Attempt && e.At <= ack.At),
            (false, AckReason.Ended) => piece.Task.Happenings.Any(e => e.At <= ack.At && e.Attempt == piece.Attempt && Transitions.IsGivenUp(e)),
            _ => false,
        } ? null : $"the ack {ack} is not so").FirstOrDefault(fault => fault is not null);
    }

    /// <summary>Only who has to stop is told to.</summary>
    private static string? CancelFault(Piece piece) =>
        piece.CanceledAt is not { } at
        || piece.Task.Happenings.Any(e => e.At <= at && e.Attempt >= piece.Attempt && e.Kind == "state" && (e.IsMoved || e.Status is not (TaskStatus.Assigned or TaskStatus.Running)))
            ? null
            : "was told to stop while it had it";

    private void Places()
    {
        var agents = world.Holders.SelectMany(holder => holder.Agents.Select(agent => (agent, holder))).ToDictionary(each => each.agent.Id);
        var places = world.Tasks.SelectMany(Place.Of).ToList();
        foreach (var place in places.Where(place => place.IsAssigned))
        {
            var (agent, holder) = agents[place.Agent];
            var others = places.Where(other => other.IsThereAt(place)).ToList();
            var here = others.Where(other => other.Agent == agent.Id).ToList();
            var there = others.Where(other => agents[other.Agent].holder == holder).ToList();
            var fault = here.Count >= agent.Concurrency ? $"{agent} had {Named(here)} already"
                : there.Count >= holder.Concurrency ? $"{holder.Name}, which may have {holder.Concurrency}, had {Named(there)} already"
                : !agent.Suits(place.Task) ? $"{agent} does not suit it"
                : !agent.Takes(place.From) && !world.Outages.Touch(place.From) ? $"{agent} takes nothing"
                : null;
            if (fault is not null)
            {
                world.Story.Fault(place.Task, $"attempt {place.Attempt} was assigned at {place.From:mm:ss.fff}, and {fault}");
            }
        }
    }

    private static string Named(IEnumerable<Place> places) => string.Join(", ", places.Select(place => $"{place.Task.Name}/{place.Attempt} ({place.From:mm:ss.fff} to {place.To:mm:ss.fff})"));
}
