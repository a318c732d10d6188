using Agents.Contracts.Scheduler;
using Agents.Scheduler.Artifacts;
using Agents.Scheduler.Dispatch;
using Agents.Scheduler.Tasks;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Agents.Scheduler.Attempts;

/// <param name="Refusals">Lanes and agents that do not suit each other for a while.</param>
/// <param name="Counted">The words that made the difference, with the attempt that each is of.</param>
internal sealed record Failed(
    IReadOnlyList<Ended> Ended, IReadOnlyList<Returned> Returned, IReadOnlyList<(long Lane, string Agent)> Refusals, IReadOnlyList<(HolderWord Word, int Attempt)> Counted)
{
    public static Failed None { get; } = new([], [], [], []);
}

/// <summary>Attempts that ended badly: tried again, or the task's end.</summary>
internal sealed class Failures(Queues queues, IOptions<WorkOptions> options)
{
    private const string Lock =
        """
        SELECT l.id, l.attempt, l.accepted, l.accepted_attempt, l.max_attempts, l.backoff, l.stage = 3, l.move_lane IS NOT NULL, l.holder, l.stop_why, l.session_id, l.brings
        FROM live l JOIN unnest($1, $2, $3) AS w (id, attempt, holder) ON l.id = ANY (ARRAY[w.id]) AND l.attempt = coalesce(w.attempt, l.attempt) AND l.holder = w.holder
        WHERE l.attempt > 0
        ORDER BY l.id
        FOR NO KEY UPDATE OF l
        """;

    public async Task<Failed> TakeAsync(NpgsqlConnection connection, IReadOnlyList<HolderWord> errors, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Lock).WithAttempts(errors);
        var rows = (await command.ListAsync(
            row => (
                Id: row.GetGuid(0), Attempt: row.GetInt32(1), Accepted: row.GetInt32(2) + (row.GetInt32(3) == row.GetInt32(1) ? 0 : 1), Max: row.GetInt16(4),
                Backoff: row.GetDouble(5), IsHeld: row.GetBoolean(6), IsMoving: row.GetBoolean(7), Holder: row.GetString(8), StopWhy: row.Text(9), SessionId: row.Text(10), Brings: row.GetBoolean(11)),
            cancellationToken)).DistinctBy(row => row.Id).ToDictionary(row => row.Id);

        var packages = await connection.PackagesAsync(errors, cancellationToken);
        List<Ending> endings = [];
        List<Return> returns = [];
        HashSet<Guid> refused = [];
        List<(HolderWord Word, int Attempt)> counted = [];
        foreach (var error in errors)
        {
            var kind = error.What ?? TaskErrorKind.Failed;
            if (!rows.TryGetValue(Guid.Parse(error.TaskId!), out var row) || row.Holder != error.Holder || row.Attempt != (error.Attempt ?? row.Attempt))
            {
                // Late, or a stranger's, or the second one of the same.
                continue;
            }

            rows.Remove(row.Id);
            if (kind is TaskErrorKind.Canceled && !row.IsHeld)
            {
                // It says that it has stopped what we took from it: the task itself goes on.
                continue;
            }

            counted.Add((error, row.Attempt));
            var text = error.Error is { Length: > 0 } said ? said : "The agent did not say why.";
            if (row.StopWhy is { } why)
            {
                // It was told to come to an end: whatever it calls it, that was why, and another try would spend what is not there.
                endings.Add(new(
                    row.Id, row.Attempt, error.Holder, TaskStatus.Failed, ErrorKind: TaskErrorKind.Quota, Error: why, Usage: NewTask.Json(error.Usage),
                    SessionId: error.SessionId ?? row.SessionId));
            }
            else if (kind is TaskErrorKind.Canceled && row.IsMoving)
            {
                Guid? package = packages.Contains((row.Id, error.PackageRef)) ? Guid.Parse(error.PackageRef!) : null;
                returns.Add(new(
                    row.Id, row.Attempt, kind, row.Brings ? text : "It came to a turn's end, and goes on elsewhere.", Settled: true, SessionId: error.SessionId,
                    Usage: NewTask.Json(error.Usage), Package: package));
            }
            else if (kind is TaskErrorKind.DeviceLost && row.IsMoving)
            {
                returns.Add(new(row.Id, row.Attempt, kind, Losses.WithNothing(text), Settled: true, SessionId: error.SessionId, Usage: NewTask.Json(error.Usage)));
            }
            else if (Retry.After(error.What, error.Retryable, row.Accepted, row.Max, row.Backoff, Random.Shared.NextDouble()) is { } pause)
            {
                returns.Add(new(row.Id, row.Attempt, kind, text, pause, Settled: true, Usage: NewTask.Json(error.Usage)));
                if (kind is TaskErrorKind.Refused)
                {
                    refused.Add(row.Id);
                }
            }
            else
            {
                endings.Add(new(
                    row.Id, row.Attempt, error.Holder, kind is TaskErrorKind.Canceled ? TaskStatus.Canceled : TaskStatus.Failed, ErrorKind: kind, Error: text,
                    Usage: NewTask.Json(error.Usage), SessionId: error.SessionId));
            }
        }

        var ended = endings.Count == 0 ? [] : await connection.EndAsync(endings, options.Value.Lease, cancellationToken);
        var returned = returns.Count == 0 ? [] : await connection.RequeueAsync(returns, options.Value.Lease, cancellationToken);
        HashSet<Guid> settled = [.. ended.Select(e => e.Attempt.Task), .. returned.Select(r => r.Attempt.Task)];
        counted.RemoveAll(word => !settled.Contains(Guid.Parse(word.Word.TaskId!)));
        return new(ended, returned, [.. returned.Where(r => refused.Contains(r.Attempt.Task)).Select(r => (r.Lane, r.Attempt.Agent))], counted);
    }

    /// <summary>To be called when it is committed.</summary>
    public void Remember(Failed failed)
    {
        foreach (var (lane, agent) in failed.Refusals)
        {
            queues.Refused(lane, agent);
        }
    }
}
