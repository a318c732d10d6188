using Agents.Contracts.Scheduler;
using Agents.Scheduler.Dispatch;
using Agents.Scheduler.Tasks;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Agents.Scheduler.Attempts;

/// <param name="Refusals">Lanes and agents that do not suit each other for a while.</param>
internal sealed record Failed(IReadOnlyList<Ended> Ended, IReadOnlyList<Returned> Returned, IReadOnlyList<(long Lane, string Agent)> Refusals)
{
    public static Failed None { get; } = new([], [], []);
}

/// <summary>Attempts that ended badly: tried again, or the task's end.</summary>
internal sealed class Failures(Queues queues, IOptions<WorkOptions> options)
{
    private const string Lock =
        """
        SELECT l.id, l.attempt, l.accepted, l.accepted_attempt, l.max_attempts, l.backoff, l.stage
        FROM live l JOIN unnest($1, $2, $3) AS w (id, attempt, holder) ON l.id = w.id AND l.attempt = coalesce(w.attempt, l.attempt) AND l.holder = w.holder
        WHERE l.attempt > 0
        ORDER BY l.id
        FOR NO KEY UPDATE OF l
        """;

    public async Task<Failed> TakeAsync(NpgsqlConnection connection, IReadOnlyList<HolderWord> errors, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Lock).WithAttempts(errors);
        var rows = (await command.ListAsync(
            row => (Id: row.GetGuid(0), Attempt: row.GetInt32(1), Accepted: row.GetInt32(2) + (row.GetInt32(3) == row.GetInt32(1) ? 0 : 1), Max: row.GetInt16(4), Backoff: row.GetDouble(5), Stage: (Stage)row.GetInt16(6)),
            cancellationToken)).DistinctBy(row => row.Id).ToDictionary(row => row.Id);

        List<Ending> endings = [];
        List<Return> returns = [];
        HashSet<Guid> refused = [];
        foreach (var error in errors)
        {
            if (!rows.Remove(Guid.Parse(error.TaskId!), out var row))
            {
                continue;
            }

            if (error.What is TaskErrorKind.Canceled && row.Stage is not Stage.Held)
            {
                // It was told to stop what waits for its next attempt, and did: that ends the program, not the task.
                continue;
            }

            var kind = error.What ?? TaskErrorKind.Failed;
            var text = error.Error is { Length: > 0 } said ? said : "The agent did not say why.";
            if (Retry.After(error.What, error.Retryable, row.Accepted, row.Max, row.Backoff, Random.Shared.NextDouble()) is { } pause)
            {
                returns.Add(new(row.Id, row.Attempt, kind, text, pause, Settled: true));
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
        return new(ended, returned, [.. returned.Where(r => refused.Contains(r.Attempt.Task)).Select(r => (r.Lane, r.Attempt.Agent))]);
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
