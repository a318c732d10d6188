using Agents.Contracts.Scheduler;
using Agents.Scheduler.Attempts;
using Agents.Scheduler.Dispatch;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Agents.Scheduler.Groups;

/// <summary>
/// Sees what a group's task comes to when one of its members' has ended: nothing yet, its end, or more to do. What nobody
/// needs any more is canceled. What a crash leaves behind is found by the leader's sweep.
/// </summary>
internal sealed partial class GroupTurns(
    NpgsqlDataSource postgres, GroupsToSee toSee, Gatherer gatherer, Leadership leadership, Aftermath aftermath, Delivery delivery, IOptions<WorkOptions> options,
    TimeProvider time, ILogger<GroupTurns> log) : BackgroundService
{
    private const int MostAtOnce = 500;

    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private Guid _seenTo;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var sweptAt = time.GetTimestamp();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var tasks = await toSee.WaitAsync(MostAtOnce, SweepEvery, time, stoppingToken);
                if (leadership.Leads && time.GetElapsedTime(sweptAt) > SweepEvery)
                {
                    sweptAt = time.GetTimestamp();
                    tasks.UnionWith(await SweepAsync(stoppingToken));
                }

                foreach (var task in tasks)
                {
                    await SeeAsync(task, stoppingToken);
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Log.RoundFailed(log, e.Message);
            }
        }
    }

    private async Task<List<Guid>> SweepAsync(CancellationToken cancellationToken)
    {
        var found = await postgres.GroupsToSeeAsync(_seenTo, MostAtOnce, cancellationToken);
        _seenTo = found.Count < MostAtOnce ? default : found.Max();
        return found;
    }

    private async Task SeeAsync(Guid task, CancellationToken stoppingToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        limit.CancelAfter(Limit);
        try
        {
            await using var connection = await postgres.OpenConnectionAsync(limit.Token);
            await using var transaction = await connection.BeginTransactionAsync(limit.Token);
            var follow = await connection.LockGatheredAsync(task, limit.Token)
                ? await TurnAsync(connection, task, limit.Token)
                : await LetGoAsync(connection, task, limit.Token);
            await transaction.CommitAsync(limit.Token);
            follow();
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            Log.NotSeen(log, task, e.Message);
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
    private async Task<Action> LetGoAsync(NpgsqlConnection connection, Guid task, CancellationToken cancellationToken)
    {
        var left = await connection.LiveGroupTasksAsync(task, cancellationToken);
        if (left.Count == 0)
        {
            return () => { };
        }

        var canceled = await connection.EndAsync(
            [.. left.Select(each => new Ending(each, null, null, TaskStatus.Canceled, ErrorKind: TaskErrorKind.Canceled, Error: "Its group needs it no more.", Lingers: true))],
            options.Value.Lease, cancellationToken);
        return () =>
        {
            aftermath.HaveEnded(canceled, lingers: true);
            foreach (var held in canceled.Where(each => each.WasHeld))
            {
                delivery.Cancel(held.Attempt.Holder, held.Attempt.Task, held.Attempt.Number, CancelTaskRequest.DefaultGrace);
            }
        };
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A round of groups failed; the sweep comes back to it: {Reason}")]
        public static partial void RoundFailed(ILogger log, string reason);

        [LoggerMessage(LogLevel.Warning, "The group of {Task} could not be seen to; the sweep comes back to it: {Reason}")]
        public static partial void NotSeen(ILogger log, Guid task, string reason);
    }
}
