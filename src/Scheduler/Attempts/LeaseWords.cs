using Agents.Contracts.Scheduler;
using Agents.Scheduler.Dispatch;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Agents.Scheduler.Attempts;

internal sealed record LeaseOutcome(
    IReadOnlyList<WordAnswer> Answers, IReadOnlyList<Ended> Ended, IReadOnlyList<Returned> Returned, IReadOnlyList<(Guid, int)> Freed)
{
    public static LeaseOutcome None { get; } = new([], [], [], []);
}

/// <summary>
/// What holders say that they work on, held against what we believe: what they do not name is over, what they name and we
/// gave to nobody else goes on, what is stale they are told to stop.
/// </summary>
internal sealed class LeaseWords(Queues queues, IOptions<WorkOptions> options)
{
    /// <summary>Not those that said something of it in this very report: that is newer than the list, or as new.</summary>
    private const string Missing =
        """
        SELECT l.id, l.attempt, l.accepted, l.max_attempts, l.backoff, l.move_lane IS NOT NULL FROM live l
        WHERE l.stage = 3 AND l.started_at IS NOT NULL AND l.stop_until IS NULL AND l.holder = ANY ($1) AND l.id NOT IN (SELECT unnest($5))
          AND (l.id, l.attempt, l.holder) NOT IN (SELECT * FROM unnest($2, $3, $4))
        """;

    private const string Over =
        """
        DELETE FROM ending e
        WHERE e.holder = ANY ($1) AND (e.task_id, e.attempt, e.holder) NOT IN (SELECT * FROM unnest($2, $3, $4))
        RETURNING e.task_id, e.attempt
        """;

    private const string StillEnding =
        """
        UPDATE ending e SET until = now() + $4 FROM unnest($1, $2, $3) AS n (id, attempt, holder)
        WHERE e.task_id = ANY (ARRAY[n.id]) AND n.attempt = e.attempt AND n.holder = e.holder
        """;

    public async Task<LeaseOutcome> TakeAsync(NpgsqlConnection connection, IReadOnlyList<HolderWord> words, CancellationToken cancellationToken)
    {
        // Of one holder the last list counts.
        var lists = words.Where(word => word is { Kind: WordKind.Lease, Running: not null }).GroupBy(word => word.Holder).Select(group => group.Last()).ToList();
        if (lists.Count == 0)
        {
            return LeaseOutcome.None;
        }

        string[] holders = [.. lists.Select(list => list.Holder)];
        List<HolderWord> named = [.. lists.SelectMany(list => list.Running!.Select(running => new HolderWord(WordKind.Accept, list.Holder, list.Connection, running.TaskId, running.Attempt)))];
        var spokenOf = words.Where(word => word.TaskId is not null).Select(word => Guid.Parse(word.TaskId!)).ToHashSet();

        await connection.NamesAsync(holders, cancellationToken);
        var (ended, returned) = await GiveUpAsync(connection, holders, named, [.. spokenOf], cancellationToken);
        await using var over = connection.Statement(Over).With(holders).WithAttempts(named);
        var freed = await over.ListAsync(row => (row.GetGuid(0), row.GetInt32(1)), cancellationToken);
        if (named.Count == 0)
        {
            return new([], ended, returned, freed);
        }

        foreach (var attempt in await connection.AcceptAsync(named, cancellationToken))
        {
            queues.Taken(attempt.Task, attempt.Number, attempt.Agent, attempt.Device);
        }

        await using (var still = connection.Statement(StillEnding).WithAttempts(named).With(options.Value.Lease))
        {
            await still.ExecuteNonQueryAsync(cancellationToken);
        }

        var current = await connection.CurrentAsync(named, cancellationToken);
        var stale = named.Where(n => !current.Contains((Guid.Parse(n.TaskId!), n.Attempt!.Value)) && !spokenOf.Contains(Guid.Parse(n.TaskId!)));
        return new([.. stale.Select(n => new WordAnswer(n.Holder, n.TaskId!, n.Attempt!.Value))], ended, returned, freed);
    }

    private async Task<(IReadOnlyList<Ended>, IReadOnlyList<Returned>)> GiveUpAsync(
        NpgsqlConnection connection, string[] holders, IReadOnlyList<HolderWord> named, Guid[] spokenOf, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Missing).With(holders).WithAttempts(named).With(spokenOf);
        var missing = await command.ListAsync(Losses.Read, cancellationToken);
        return await connection.LoseAsync(
            missing, TaskErrorKind.DeviceLost, "Its holder does not work on it any more.", lingers: false, options.Value.Lease, cancellationToken);
    }
}
