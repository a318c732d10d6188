using System.Runtime.CompilerServices;
using Agents.Scheduler.Tasks;
using Agents.ServiceDefaults.Search;
using Npgsql;

namespace Agents.Scheduler.Search;

/// <summary>
/// The ids of tasks that hold some words and fit a filter, newest first. What came last is looked at one by one; for all else
/// the index says which tasks may be meant, and each of these is compared.
/// </summary>
internal sealed class TaskMatches(NpgsqlDataSource postgres, Candidates candidates)
{
    /// <summary>Of those that were meant by their ids no more are looked for.</summary>
    private const int MostById = 200;

    /// <summary>Compared only to be counted, when the page is full.</summary>
    private const int MostCounted = 500;

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

    /// <summary>Newest first, each once, whether an id or a text was meant.</summary>
    public async IAsyncEnumerable<Guid> AllAsync(
        TaskFilter filter, SearchText text, Submitter reader, Guid? before, SearchedFar far, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var byId = new Queue<Guid>(text.Ids is { } range
            ? await WalkAsync(filter, reader, before, MostById + 1, conditions => conditions.Between(range.First, range.Last), cancellationToken)
            : []);
        await foreach (var id in ByWordsAsync(filter, text, reader, before, far, cancellationToken))
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
        TaskFilter filter, SearchText text, Submitter reader, Guid? before, SearchedFar far, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Only an id was meant.
        if (text.Terms.Length == 0 && (text.Ids is not null || filter.Label is not { Length: > 0 }))
        {
            yield break;
        }

        var sealedNow = await postgres.SealedAsync(cancellationToken);
        var walksAll = filter.ParentId is not null || TaskAsked.IsLive(filter.Status) || await HasFewAsync(filter.AgentId, cancellationToken);
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

        await foreach (var some in candidates.FindAsync(filter, text, reader, before, sealedNow.Block, far, cancellationToken))
        {
            var compared = 0;
            // The first page of a frequent word needs few of many.
            for (var most = 250; compared < some.Count; most = Math.Min(2 * most, 4_000))
            {
                if (far.Compared >= (far.IsEnough ? MostCounted : MostCompared))
                {
                    far.IsAll = false;
                    yield break;
                }

                var ids = await postgres.IdsAsync([.. some.Skip(compared).Take(most)], cancellationToken);
                foreach (var id in await AmongAsync(filter, text, reader, before, ids, cancellationToken))
                {
                    yield return id;
                }

                (compared, far.Compared, far.Last) = (compared + ids.Length, far.Compared + ids.Length, ids[^1]);
            }
        }
    }

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
}
