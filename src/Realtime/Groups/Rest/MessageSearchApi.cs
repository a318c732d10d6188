using Agents.Contracts;
using Agents.Contracts.Realtime.Groups;
using Agents.Realtime.Groups.Log;
using Agents.ServiceDefaults.Envelopes;
using Agents.ServiceDefaults.Search;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Agents.Realtime.Groups.Rest;

internal static class MessageSearchApi
{
    private const int MostCounted = 200;

    public static void MapMessageSearch(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/messages", SearchAsync).WithTags("Groups").RequireAuthorization(GroupParts.Readers);

    /// <summary>All words, in whatever case and also within others; the newest first. <c>before</c> is the last one's id.</summary>
    private static async Task<Results<Ok<ListOf<GroupEntry>>, Invalid, Missing>> SearchAsync(
        string? q, RealtimeDb db, GroupCaller caller, CancellationToken cancellationToken, [FromQuery(Name = "group_id")] string? groupId = null, Guid? before = null,
        [FromQuery(Name = "page_size")] int pageSize = Paging.DefaultSize)
    {
        if (string.IsNullOrWhiteSpace(q) || q.Length > SearchText.MaxLength)
        {
            return new Invalid("q", $"must have 1 to {SearchText.MaxLength} characters");
        }

        var text = SearchText.Of(q);
        if (text.Terms.Length == 0)
        {
            return new Invalid("q", "must have three characters in a row, or one of Chinese, Japanese or Korean");
        }

        var groups = await caller.GroupsAsync(db, cancellationToken);
        if (groupId is not null && !await groups.AnyAsync(g => g.Id == groupId, cancellationToken))
        {
            return new Missing();
        }

        var found = Matching(db, text).Where(e => (groupId == null || e.GroupId == groupId) && (before == null || e.Id < before) && groups.Any(g => g.Id == e.GroupId));
        var page = await found.OrderByDescending(e => e.Id).Take(new Paging(1, pageSize).Size).ToListAsync(cancellationToken);
        var total = await found.Take(MostCounted + 1).CountAsync(cancellationToken);
        return TypedResults.Ok(new ListOf<GroupEntry>([.. page.Select(entry => entry.ToWire())], Math.Min(total, MostCounted), total > MostCounted ? true : null));
    }

    /// <summary>By the terms, which an index has, and then by the words themselves.</summary>
    private static IQueryable<LogEntry> Matching(RealtimeDb db, SearchText text)
    {
        var (sql, values) = ("SELECT * FROM group_entries WHERE terms @> {0}", new List<object> { text.Terms });
        foreach (var (comparison, pattern) in text.Words.Select(SearchText.Pattern))
        {
            sql += $" AND content {comparison} {{{values.Count}}}";
            values.Add(pattern);
        }

        return db.Entries.FromSqlRaw(sql, [.. values]).AsNoTracking();
    }
}
