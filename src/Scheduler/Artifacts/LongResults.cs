using Agents.Contracts.Scheduler;
using Agents.Scheduler.Attempts;
using Npgsql;

namespace Agents.Scheduler.Artifacts;

/// <summary>
/// Results that do not stand in their word: those that name an artifact, and those that are too long for a row. Within the
/// transaction that ends their tasks.
/// </summary>
internal sealed class LongResults
{
    /// <summary>Held until the commit, so that nobody removes it meanwhile.</summary>
    private const string Named = "SELECT id, task_id, size, sha256 FROM artifacts WHERE id = ANY ($1) AND state = 1 AND kind IN (0, 3) ORDER BY id FOR NO KEY UPDATE";

    private const string Current =
        """
        SELECT l.id FROM live l JOIN unnest($1, $2, $3) AS w (id, attempt, holder)
            ON l.id = ANY (ARRAY[w.id]) AND l.attempt = coalesce(w.attempt, l.attempt) AND l.holder = w.holder AND l.attempt > 0
        """;

    private const string MarkNamed = "UPDATE artifacts SET kind = 3 WHERE id = $1";
    private const string Refer = "UPDATE outcomes SET result_ref = $2 WHERE id = $1";

    private readonly Dictionary<HolderWord, LongContent> _long = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<HolderWord, ContentRef> _named = new(ReferenceEqualityComparer.Instance);

    private LongResults()
    {
    }

    /// <summary>Those that may end their tasks.</summary>
    public IReadOnlyList<HolderWord> Whole { get; private set; } = [];

    /// <summary>Those whose artifact is unknown and whose task has gone on without them: they are late, and are answered as such.</summary>
    public IReadOnlyList<HolderWord> Late { get; private set; } = [];

    /// <summary>To those whose artifact is unknown and that would count else.</summary>
    public IReadOnlyList<WordAnswer> Faults { get; private set; } = [];

    public static async Task<LongResults> ReadAsync(
        NpgsqlConnection connection, IReadOnlyList<HolderWord> words, TimeProvider time, CancellationToken cancellationToken)
    {
        var results = new LongResults();
        var unknown = words.Any(word => word.ResultRef is not null) ? await results.FindNamedAsync(connection, words, cancellationToken) : [];
        List<HolderWord> whole = [];
        foreach (var word in words.Where(word => !unknown.Contains(word)))
        {
            if (LongContent.IsLong(word.Data))
            {
                var content = LongContent.OfJson(Guid.CreateVersion7(time.GetUtcNow()), ArtifactKind.Result, word.Data!.Value);
                whole.Add(word with { Data = content.BeginningAsJson() });
                results._long[whole[^1]] = content;
            }
            else
            {
                whole.Add(word);
            }
        }

        results.Whole = whole;
        return results;
    }

    /// <summary>Of those that ended their tasks, each with the word that did it.</summary>
    public async Task KeepAsync(NpgsqlConnection connection, IReadOnlyList<(Attempt Attempt, HolderWord Word)> ended, CancellationToken cancellationToken)
    {
        if (_long.Count == 0 && _named.Count == 0)
        {
            return;
        }

        foreach (var (attempt, word) in ended)
        {
            if (_named.TryGetValue(word, out var named))
            {
                await using var mark = connection.Statement(MarkNamed).With(Guid.Parse(named.ArtifactId));
                await mark.ExecuteNonQueryAsync(cancellationToken);
                await connection.ReferAsync(Refer, attempt.Task, named, cancellationToken);
            }
            else if (_long.TryGetValue(word, out var content))
            {
                await connection.InsertLongAsync(attempt.Task, content, attempt.Number, attempt.Holder, cancellationToken);
                await connection.ReferAsync(Refer, attempt.Task, content.RefIn(attempt.Task), cancellationToken);
            }
        }
    }

    private async Task<HashSet<HolderWord>> FindNamedAsync(NpgsqlConnection connection, IReadOnlyList<HolderWord> words, CancellationToken cancellationToken)
    {
        await using var find = connection.Statement(Named)
            .With<Guid[]>([.. words.Select(word => word.ResultRef).OfType<string>().Select(id => Guid.TryParse(id, out var parsed) ? parsed : Guid.Empty).Distinct()]);
        var found = (await find.ListAsync(
            row => (Id: row.GetGuid(0), Task: row.GetGuid(1), Size: row.GetInt64(2), Sha256: Convert.ToHexStringLower(row.GetFieldValue<byte[]>(3))), cancellationToken))
            .ToDictionary(row => (row.Id, row.Task));

        HashSet<HolderWord> unknown = new(ReferenceEqualityComparer.Instance);
        foreach (var word in words.Where(word => word.ResultRef is not null))
        {
            if (Guid.TryParse(word.ResultRef, out var id) && found.TryGetValue((id, Guid.Parse(word.TaskId!)), out var there))
            {
                _named[word] = ContentRef.Of(there.Task.ToString(), there.Id.ToString(), there.Size, there.Sha256);
            }
            else
            {
                unknown.Add(word);
            }
        }

        if (unknown.Count > 0)
        {
            await using var current = connection.Statement(Current).WithAttempts([.. unknown]);
            var going = (await current.ListAsync(row => row.GetGuid(0), cancellationToken)).ToHashSet();
            Late = [.. unknown.Where(word => !going.Contains(Guid.Parse(word.TaskId!)))];
            Faults = [.. unknown.Where(word => going.Contains(Guid.Parse(word.TaskId!))).Select(word => new WordAnswer(
                word.Holder, word.TaskId!, word.Attempt ?? 0, Fault: "payload.result_ref is not the id of an artifact of this task.", Ref: word.Ref))];
        }

        return unknown;
    }
}
