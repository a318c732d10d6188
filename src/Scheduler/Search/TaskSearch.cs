using System.Runtime.CompilerServices;
using Agents.Contracts.Scheduler;
using Agents.Scheduler.Tasks;
using Npgsql;

namespace Agents.Scheduler.Search;

/// <summary>What a search has found.</summary>
/// <param name="Total">So many at least, and exactly so many where <paramref name="IsTotalExact"/>.</param>
/// <param name="Next">From where to go on; null where there is no more.</param>
internal sealed record Found(List<TaskRow> Items, long Total, bool IsTotalExact, Guid? Next);

/// <summary>
/// Tasks by words of their prompts, newest first. What came last is looked at one by one; for all else the index says which
/// tasks may be meant, and each of these is compared.
/// </summary>
internal sealed class TaskSearch(NpgsqlDataSource postgres)
{
    /// <summary>Counted no further: each one has to be compared.</summary>
    private const int Cap = 200;

    /// <summary>Compared only to be counted, when the page is full.</summary>
    private const int MostCounted = 500;

    private const int FewTerms = 3;

    /// <summary>Of what is looked at one by one so many at once.</summary>
    private const int Walked = 1_000;

    /// <summary>Compared for one answer. A rare status with a frequent word gives a short page, and a cursor to go on.</summary>
    private const int MostCompared = 20_000;

    /// <summary>While a backlog is being indexed, and at the very highest rates, no more of what came last are looked at.</summary>
    private const int LongestTail = 200_000;

    /// <summary>An agent with fewer tasks: these are looked at one by one.</summary>
    private const int FewOfAgent = 10_000;

    private const string OlderThanTail = "SELECT id FROM tasks WHERE id > $1 ORDER BY id DESC OFFSET $2 LIMIT 1";
    private const string OfAgent = "SELECT count(*) FROM (SELECT FROM outcomes WHERE agent_id = $1 LIMIT $2) few";

    public async Task<Found> FindAsync(
        TaskFilter filter, SearchText text, Submitter reader, Guid? cursor, int skip, int take, CancellationToken cancellationToken)
    {
        List<Guid> ids = [];
        var look = new Look();
        // The total is that of all pages: on the first one it comes along.
        await foreach (var id in MatchesAsync(filter, text, reader, cursor, look, cancellationToken))
        {
            ids.Add(id);
            look.Most = cursor is null && ids.Count > skip + take ? MostCounted : MostCompared;
            if (ids.Count > (cursor is null ? Math.Max(Cap, skip + take) : take))
            {
                break;
            }
        }

        var (total, isAll) = (ids.Count, look.IsAll && ids.Count <= Cap);
        if (cursor is not null)
        {
            (total, isAll) = await CountAsync(filter, text, reader, cancellationToken);
        }

        Guid[] page = [.. ids.Skip(skip).Take(take)];
        var items = page.Length > 0 ? await postgres.ListAsync(page, cancellationToken) : [];
        return new(items, Math.Min(total, Cap), isAll, ids.Count > skip + take ? page[^1] : look.IsAll ? null : look.Last);
    }

    private async Task<(int Total, bool IsAll)> CountAsync(TaskFilter filter, SearchText text, Submitter reader, CancellationToken cancellationToken)
    {
        var (total, look) = (0, new Look { Most = MostCounted });
        await foreach (var _ in MatchesAsync(filter, text, reader, null, look, cancellationToken))
        {
            if (++total > Cap)
            {
                break;
            }
        }

        return (total, look.IsAll && total <= Cap);
    }

    /// <summary>Newest first, each once, whether an id or a text was meant.</summary>
    private async IAsyncEnumerable<Guid> MatchesAsync(
        TaskFilter filter, SearchText text, Submitter reader, Guid? before, Look look, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var byId = new Queue<Guid>(text.Ids is { } range
            ? await WalkAsync(filter, reader, before, Cap + 1, conditions => conditions.Between(range.First, range.Last), cancellationToken)
            : []);
        await foreach (var id in ByWordsAsync(filter, text, reader, before, look, cancellationToken))
        {
            while (byId.TryPeek(out var next) && Newer(next, id) >= 0)
            {
                byId.Dequeue();
                if (next != id)
                {
                    yield return next;
                }
            }

            yield return id;
        }

        while (byId.TryDequeue(out var next))
        {
            yield return next;
        }
    }

    private async IAsyncEnumerable<Guid> ByWordsAsync(
        TaskFilter filter, SearchText text, Submitter reader, Guid? before, Look look, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int[] terms = [.. text.Terms.Concat(ExactTerms(filter)).Distinct()];
        // Only an id was meant.
        if (terms.Length == 0 || (text.Ids is not null && text.Terms.Length == 0))
        {
            yield break;
        }

        var sealedNow = await postgres.SealedAsync(cancellationToken);
        var walksAll = filter.ParentId is not null || TaskConditions.IsLive(filter.Status) || await HasFewAsync(filter.AgentId, cancellationToken);
        var after = walksAll ? Guid.Empty : await TailAsync(sealedNow.Last, cancellationToken);
        for (var from = before; ;)
        {
            var found = await WalkAsync(filter, reader, from, Walked, conditions => { conditions.After(after); conditions.Words(text.Words); }, cancellationToken);
            foreach (var id in found)
            {
                yield return id;
            }

            if (found.Count < Walked)
            {
                break;
            }

            from = found[^1];
        }

        if (walksAll)
        {
            yield break;
        }

        await foreach (var candidates in CandidatesAsync(filter, text, [.. terms, .. Owner(reader)], before, sealedNow.Block, cancellationToken))
        {
            var compared = 0;
            // The first page of a frequent word needs few of many.
            for (var most = 250; compared < candidates.Count; most = Math.Min(2 * most, 4_000))
            {
                if (look.Compared >= look.Most)
                {
                    look.IsAll = false;
                    yield break;
                }

                var ids = await postgres.IdsAsync([.. candidates.Skip(compared).Take(most)], cancellationToken);
                foreach (var id in await AmongAsync(filter, text, reader, before, ids, cancellationToken))
                {
                    yield return id;
                }

                (compared, look.Compared, look.Last) = (compared + ids.Length, look.Compared + ids.Length, ids[^1]);
            }
        }
    }

    /// <summary>From era to era, more of them each time: who finds enough soon has not read them all.</summary>
    private async IAsyncEnumerable<List<Candidate>> CandidatesAsync(
        TaskFilter filter, SearchText text, int[] terms, Guid? before, int newest, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Guid[] ends = [.. new[] { before, filter.To is { } to ? TaskPartitions.FirstId(to) : null }.OfType<Guid>()];
        var (last, first) = await postgres.BlocksAsync(
            ends.Length > 0 ? ends.Min() : Guid.AllBitsSet, filter.From is { } from ? TaskPartitions.FirstId(from) : Guid.Empty, cancellationToken);
        last = Math.Min(last, newest);
        // What newest blocks there are tells how rare each is; a few are not worth the question.
        if (text.Terms.Length > FewTerms)
        {
            terms = [.. text.Telling(await postgres.RarestFirstAsync(last / TextIndexSql.BlocksOfEra, text.Terms, cancellationToken)), .. terms.Except(text.Terms)];
        }

        for (var count = 1; last >= first; count *= 4)
        {
            var era = last / TextIndexSql.BlocksOfEra;
            var oldest = Math.Max(era - count + 1, first / TextIndexSql.BlocksOfEra);
            yield return await postgres.CandidatesAsync([.. Enumerable.Range(oldest, era - oldest + 1)], terms, first, last, cancellationToken);
            last = oldest * TextIndexSql.BlocksOfEra - 1;
        }
    }

    private static IEnumerable<int> ExactTerms(TaskFilter filter) =>
    [
        .. (filter.Label ?? []).Select(label => TextTerms.Exact('l', label)),
        .. filter.Type is { } type ? [TextTerms.Exact('y', type)] : Array.Empty<int>(),
        .. filter.PostId is { } post ? [TextTerms.Exact('p', post)] : Array.Empty<int>(),
    ];

    /// <summary>A device sees more than its own tasks.</summary>
    private static IEnumerable<int> Owner(Submitter reader) => !reader.SeesAll && reader.DeviceId is null ? [TextTerms.Exact('o', reader.Id)] : [];

    private async Task<List<Guid>> WalkAsync(
        TaskFilter filter, Submitter reader, Guid? before, int most, Action<TaskConditions> more, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand();
        var conditions = new TaskConditions(command, filter, reader, before);
        more(conditions);
        command.CommandText = $"SELECT id FROM ({conditions.Parts(most)}) found ORDER BY id DESC LIMIT {most}";
        return await command.ListAsync(row => row.GetGuid(0), cancellationToken);
    }

    private async Task<List<Guid>> AmongAsync(TaskFilter filter, SearchText text, Submitter reader, Guid? before, Guid[] ids, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand();
        var conditions = new TaskConditions(command, filter, reader, before);
        conditions.Words(text.Words);
        command.CommandText = $"SELECT id FROM ({conditions.Among(ids)}) found ORDER BY id DESC";
        return await command.ListAsync(row => row.GetGuid(0), cancellationToken);
    }

    private async Task<Guid> TailAsync(Guid last, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(OlderThanTail).With(last).With(LongestTail);
        return await command.ExecuteScalarAsync(cancellationToken) as Guid? ?? last;
    }

    private async Task<bool> HasFewAsync(string? agent, CancellationToken cancellationToken)
    {
        if (agent is null)
        {
            return false;
        }

        await using var command = postgres.CreateCommand(OfAgent).With(agent).With(FewOfAgent);
        return await command.ExecuteScalarAsync(cancellationToken) is < (long)FewOfAgent;
    }

    /// <summary>As PostgreSQL orders them: as text, which .NET does as well.</summary>
    private static int Newer(Guid one, Guid other) => one.CompareTo(other);

    /// <summary>How far a search went.</summary>
    private sealed class Look
    {
        public int Most { get; set; } = MostCompared;

        public int Compared { get; set; }

        public Guid? Last { get; set; }

        public bool IsAll { get; set; } = true;
    }
}
