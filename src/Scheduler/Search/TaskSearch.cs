using Agents.Contracts;
using Agents.Contracts.Scheduler;
using Agents.Scheduler.Tasks;
using Agents.ServiceDefaults.Search;
using Npgsql;

namespace Agents.Scheduler.Search;

/// <summary>What a search has found.</summary>
/// <param name="Total">So many at least, and exactly so many where <paramref name="IsTotalExact"/>.</param>
/// <param name="Next">From where to go on; null where there is no more.</param>
internal sealed record Found(List<TaskRow> Items, long Total, bool IsTotalExact, Guid? Next);

/// <summary>
/// Tasks by words of their prompts, newest first: a page of them, and how many there are as far as that costs little.
/// </summary>
internal sealed class TaskSearch(NpgsqlDataSource postgres, TaskMatches matches)
{
    /// <summary>Counted no further: each one has to be compared.</summary>
    private const int Cap = 200;

    public async Task<Found> FindAsync(
        TaskFilter filter, SearchText text, Submitter reader, Guid? cursor, int skip, int take, CancellationToken cancellationToken)
    {
        List<Guid> ids = [];
        var look = new SearchedFar();
        // The total is that of all pages: on the first one it comes along.
        await foreach (var id in matches.AllAsync(filter, text, reader, cursor, look, cancellationToken))
        {
            ids.Add(id);
            look.IsEnough = cursor is null && ids.Count > skip + take;
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
        var (total, look) = (0, new SearchedFar());
        await foreach (var _ in matches.AllAsync(filter, text, reader, null, look, cancellationToken))
        {
            look.IsEnough = ++total > Paging.DefaultSize;
            if (total > Cap)
            {
                break;
            }
        }

        return (total, look.IsAll && total <= Cap);
    }
}
