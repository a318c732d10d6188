using Agents.Scheduler.Attempts;
using Agents.Scheduler.Dispatch;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Agents.Scheduler.Groups;

/// <summary>
/// Sees what a group's task comes to when one of its members' has ended: nothing yet, its end, or more to do. What nobody
/// needs any more is canceled.
/// </summary>
internal sealed partial class GroupTurns(
    NpgsqlDataSource postgres, GroupsToSee toSee, Gatherer gatherer, Leadership leadership, Aftermath aftermath, Recall recall, IOptions<WorkOptions> options,
    TimeProvider time, ILogger<GroupTurns> log) : Lookout(postgres, toSee, leadership, time, log)
{
    private Guid _seenTo;

    protected override async Task<List<Guid>> SweepAsync(CancellationToken cancellationToken)
    {
        var found = await Postgres.GroupsToSeeAsync(_seenTo, MostAtOnce, cancellationToken);
        _seenTo = found.Count < MostAtOnce ? default : found.Max();
        return found;
    }

    /// <summary>Each by itself: one that can't be seen to does not hold up the others.</summary>
    protected override async Task SeeAsync(Guid[] tasks, CancellationToken cancellationToken)
    {
        foreach (var task in tasks)
        {
            try
            {
                await CommitAsync(
                    async (connection, limited) => await connection.LockGatheredAsync(task, limited)
                        ? await TurnAsync(connection, task, limited)
                        : await LetGoAsync(connection, task, limited),
                    cancellationToken);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                Log.NotSeen(log, task, e.Message);
            }
        }
    }

    private async Task<Action> TurnAsync(NpgsqlConnection connection, Guid task, CancellationToken cancellationToken)
    {
        if (await connection.FindGroupAsync(task, cancellationToken) is not { } group)
        {
            return () => { };
        }

        var submitted = await connection.SubmittedAsync(task, cancellationToken);
        switch (GroupTurn.Of(group, submitted.Request.Prompt, await connection.GroupTasksAsync(task, cancellationToken)))
        {
            case GroupTurn.HandOut more:
                return (await gatherer.HandOutAsync(connection, group, submitted, more.Parts, cancellationToken)).Follow;
            case GroupTurn.Done done:
                return await EndAsync(connection, new(task, null, null, TaskStatus.Done, Result: done.Result.GetRawText()), cancellationToken);
            case GroupTurn.Fail fail:
                return await EndAsync(connection, new(task, null, null, TaskStatus.Failed, ErrorKind: fail.Kind, Error: fail.Message), cancellationToken);
            default:
                return () => { };
        }
    }

    private async Task<Action> EndAsync(NpgsqlConnection connection, Ending ending, CancellationToken cancellationToken)
    {
        var ended = await connection.EndAsync([ending], options.Value.Lease, cancellationToken);
        var letGo = await LetGoAsync(connection, ending.Task, cancellationToken);
        return () =>
        {
            aftermath.HaveEnded(ended);
            letGo();
        };
    }

    /// <summary>Its task has ended, so what its members still do for it is not needed.</summary>
    private async Task<Action> LetGoAsync(NpgsqlConnection connection, Guid task, CancellationToken cancellationToken) =>
        await recall.CancelAsync(connection, await connection.LiveGroupTasksAsync(task, cancellationToken), "Its group needs it no more.", cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The group of {Task} could not be seen to; the sweep comes back to it: {Reason}")]
        public static partial void NotSeen(ILogger log, Guid task, string reason);
    }
}
