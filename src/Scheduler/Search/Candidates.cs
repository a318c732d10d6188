using System.Runtime.CompilerServices;
using Agents.Scheduler.Tasks;
using Agents.ServiceDefaults.Search;
using Npgsql;

namespace Agents.Scheduler.Search;

/// <summary>Tasks that may be meant, by what the index says of their words, labels, type, post and owner.</summary>
internal sealed class Candidates(NpgsqlDataSource postgres)
{
    private const int FewTerms = 3;

    /// <summary>From era to era, more of them each time: who finds enough soon has not read them all.</summary>
    public async IAsyncEnumerable<List<Candidate>> FindAsync(
        TaskFilter filter, SearchText text, Submitter reader, Guid? before, int newest, SearchedFar far, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Guid[] ends = [.. new[] { before, filter.To is { } to ? TaskPartitions.FirstId(to) : null }.OfType<Guid>()];
        var (last, first) = await postgres.BlocksAsync(
            ends.Length > 0 ? ends.Min() : Guid.AllBitsSet, filter.From is { } from ? TaskPartitions.FirstId(from) : Guid.Empty, cancellationToken);
        last = Math.Min(last, newest);
        // The newest blocks tell how rare each is; a few are not worth the question.
        var ofWords = text.Terms.Length > FewTerms
            ? text.Telling(await postgres.RarestFirstAsync(last / TextIndexSql.BlocksOfEra, text.Terms, cancellationToken))
            : text.Terms;
        int[] terms = [.. ofWords.Concat(ExactTerms(filter)).Concat(Owner(reader)).Distinct()];

        for (var count = 1; last >= first; count *= 4)
        {
            if (count > 1 && far.IsEnough)
            {
                // Older ones would only be counted.
                far.IsAll = false;
                yield break;
            }

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
}
