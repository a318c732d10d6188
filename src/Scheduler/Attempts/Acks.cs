using Agents.Contracts.Scheduler;
using Npgsql;

namespace Agents.Scheduler.Attempts;

/// <summary>What is answered to results and errors: that they count, or why not.</summary>
internal static class Acks
{
    /// <summary>A holder that reports on an attempt has no program for it any more, whether the report counts or not.</summary>
    private const string Free =
        """
        DELETE FROM ending USING unnest($1, $2, $3) AS w (id, attempt, holder)
        WHERE ending.task_id = ANY (ARRAY[w.id]) AND ending.attempt = coalesce(w.attempt, ending.attempt) AND ending.holder = w.holder
        RETURNING ending.task_id, ending.attempt
        """;

    private const string Known =
        """
        SELECT w.id, coalesce(o.attempt, l.attempt), o.status, o.error_kind, l.holder
        FROM (SELECT DISTINCT id FROM unnest($1) AS w (id)) w
        LEFT JOIN LATERAL (SELECT * FROM outcomes WHERE outcomes.id = w.id OFFSET 0) o ON true
        LEFT JOIN LATERAL (SELECT * FROM live WHERE live.id = w.id OFFSET 0) l ON true
        WHERE o.id IS NOT NULL OR l.id IS NOT NULL
        """;

    /// <summary>Of what ended, the word that did it: the first that is of this attempt and of its holder.</summary>
    public static HolderWord WordOf(this ILookup<Guid, HolderWord> words, Attempt attempt) =>
        words[attempt.Task].First(word => word.Holder == attempt.Holder && (word.Attempt ?? attempt.Number) == attempt.Number);

    /// <param name="stored">The words that counted, with the attempt that each is of: these very ones, not their like.</param>
    public static async Task<(IReadOnlyList<WordAnswer> Answers, IReadOnlyList<(Guid, int)> Freed)> AcksAsync(
        this NpgsqlConnection connection, IReadOnlyList<HolderWord> ends, IEnumerable<(HolderWord Word, int Attempt)> stored, CancellationToken cancellationToken)
    {
        if (ends.Count == 0)
        {
            return ([], []);
        }

        var numbers = stored.ToDictionary<(HolderWord Word, int Attempt), HolderWord, int>(s => s.Word, s => s.Attempt, ReferenceEqualityComparer.Instance);
        List<HolderWord> late = [.. ends.Where(end => !numbers.ContainsKey(end))];
        List<WordAnswer> answers =
        [
            .. ends.Where(numbers.ContainsKey).Select(end => new WordAnswer(end.Holder, end.TaskId!, numbers[end], Accepted: true)),
        ];
        if (late.Count == 0)
        {
            return (answers, []);
        }

        await using var free = connection.Statement(Free).WithAttempts(late);
        var freed = await free.ListAsync(row => (row.GetGuid(0), row.GetInt32(1)), cancellationToken);
        await using var known = connection.Statement(Known).With<Guid[]>([.. late.Select(w => Guid.Parse(w.TaskId!))]);
        var rows = (await known.ListAsync(row => new Stand(row.GetGuid(0), row.GetInt32(1), row.Text(2), row.Text(3), row.Text(4)), cancellationToken)).ToDictionary(s => s.Task);
        answers.AddRange(late.Select(end => new WordAnswer(
            end.Holder, end.TaskId!, end.Attempt ?? rows.GetValueOrDefault(Guid.Parse(end.TaskId!))?.Attempt ?? 0, Accepted: false,
            Reason: ReasonOf(end, rows.GetValueOrDefault(Guid.Parse(end.TaskId!))))));
        return (answers, freed);
    }

    internal static string ReasonOf(HolderWord end, Stand? stand) => stand switch
    {
        null => AckReason.Unknown,
        _ when end.Attempt < stand.Attempt => AckReason.Superseded,
        { Status: TaskStatus.Done } => AckReason.AlreadyStored,
        { Status: TaskStatus.Failed, ErrorKind: not (TaskErrorKind.Timeout or TaskErrorKind.DeviceLost) } => AckReason.AlreadyStored,
        { Status: not null } => AckReason.Ended,
        // The same attempt was settled before, and its task waits for the next one.
        { Holder: null } when end.Attempt == stand.Attempt => AckReason.AlreadyStored,
        // It was given up, and its holder was told to stop.
        { Holder: not null } when end.Attempt == stand.Attempt && end.Holder == stand.Holder => AckReason.Ended,
        _ => AckReason.Unknown,
    };

    internal sealed record Stand(Guid Task, int Attempt, string? Status, string? ErrorKind, string? Holder);
}
