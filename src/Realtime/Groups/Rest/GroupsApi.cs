using Agents.Contracts;
using Agents.Contracts.Realtime.Groups;
using Agents.ServiceDefaults.Audit;
using Agents.ServiceDefaults.Envelopes;
using Agents.ServiceDefaults.Idempotency;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Agents.Realtime.Groups.Rest;

internal static class GroupsApi
{
    public static void MapGroups(this IEndpointRouteBuilder routes)
    {
        var groups = routes.MapGroup("/groups").WithTags("Groups");
        var read = groups.MapGroup("").RequireAuthorization(GroupParts.Readers);
        var changed = groups.MapGroup("").RequireAuthorization(GroupParts.Speakers);

        read.MapGet("/", ListAsync);
        read.MapGet("/{id}", GetAsync);
        changed.MapPost("/", CreateAsync).WithIdempotency();
        changed.MapPatch("/{id}", ChangeAsync);
    }

    private static async Task<Ok<ListOf<GroupView>>> ListAsync(
        RealtimeDb db, GroupCaller caller, CancellationToken cancellationToken, string? q = null, bool? joined = null, bool archived = false, int page = 1,
        [FromQuery(Name = "page_size")] int pageSize = Paging.DefaultSize, [FromQuery(Name = "agent_id")] string? agentId = null)
    {
        var paging = new Paging(page, pageSize);
        var keys = await caller.KeysAsync(cancellationToken, agentId);
        var found = (await caller.GroupsAsync(db, cancellationToken, agentId)).AsNoTracking().Where(g => archived || g.ArchivedAt == null);
        if (!string.IsNullOrWhiteSpace(q))
        {
            var pattern = LikePattern.Containing(q);
            found = found.Where(g => EF.Functions.ILike(g.Name, pattern, LikePattern.Escape) || EF.Functions.ILike(g.Id, pattern, LikePattern.Escape));
        }

        if (joined is { } whether)
        {
            found = found.Where(g => db.Members.Any(m => m.GroupId == g.Id && keys.Contains(m.Member)) == whether);
        }

        var total = await found.Take(ListOf<GroupView>.Cap + 1).CountAsync(cancellationToken);
        var groups = await found.OrderByDescending(g => g.LastAt ?? g.CreatedAt).ThenBy(g => g.Id).Skip(paging.Skip).Take(paging.Size).ToListAsync(cancellationToken);
        return TypedResults.Ok(ListOf<GroupView>.Capped(await ViewsAsync(db, groups, keys, cancellationToken), total));
    }

    private static async Task<Results<Ok<GroupView>, Missing>> GetAsync(string id, RealtimeDb db, GroupCaller caller, CancellationToken cancellationToken) =>
        await caller.GroupAsync(db, id, cancellationToken) is { } group
            ? TypedResults.Ok((await ViewsAsync(db, [group], await caller.KeysAsync(cancellationToken), cancellationToken))[0])
            : new Missing();

    private static async Task<Results<Created<GroupId>, Invalid, Clash>> CreateAsync(
        CreateGroup request, RealtimeDb db, Invitations invitations, GroupCaller caller, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var group = new Group
        {
            Id = request.Id ?? Guid.CreateVersion7(now).ToString(),
            Name = request.Name,
            Visibility = request.Visibility ?? (request.Members is [_, ..] ? GroupVisibility.Private : GroupVisibility.Open),
            CreatedBy = caller.Key,
            CreatedAt = now,
        };
        group.Limit(request.Limits ?? new());
        var (members, unknown) = await invitations.FindAsync(caller, request.Members ?? [], cancellationToken);
        if (unknown is not null)
        {
            return new Invalid("members", unknown);
        }

        if (await db.Groups.CountAsync(g => g.CreatedBy == caller.Key, cancellationToken) >= Memberships.MostGroups && !caller.Caller.IsOperator)
        {
            return new Clash($"You have made {Memberships.MostGroups:N0} groups already.");
        }

        if (await caller.SpeakerAsync(null, cancellationToken) is { } maker)
        {
            members[maker.Key] = maker.Name;
        }

        db.Groups.Add(group);
        db.Members.AddRange(members.Select(member => new GroupMember { GroupId = group.Id, Member = member.Key, Name = member.Value, JoinedAt = now }));
        db.AuditOutbox.Add(AuditEntry.Of(caller.Caller, time, "group.created", group.Id));
        await using var transaction = await GroupTransaction.BeginAsync(db, cancellationToken);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.IsUniqueViolation())
        {
            return new Clash("A group of this id exists already.");
        }

        await db.TellAsync(group.Id, [.. members.Keys], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Created($"/api/v1/groups/{group.Id}", new GroupId(group.Id));
    }

    private static async Task<Results<Ok<GroupView>, Missing, NotAllowed>> ChangeAsync(
        string id, ChangeGroup request, RealtimeDb db, GroupCaller caller, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await caller.GroupAsync(db, id, cancellationToken) is not { } group)
        {
            return new Missing();
        }

        if (!caller.Runs(group))
        {
            return new NotAllowed("Only who made the group and operators change it.");
        }

        group.Name = request.Name ?? group.Name;
        group.Visibility = request.Visibility ?? group.Visibility;
        group.ArchivedAt = request.Archived switch { true => group.ArchivedAt ?? time.GetUtcNow(), false => null, null => group.ArchivedAt };
        group.Limit(request.Limits ?? new());
        db.AuditOutbox.Add(AuditEntry.Of(caller.Caller, time, "group.changed", group.Id));
        await using var transaction = await GroupTransaction.BeginAsync(db, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        // Who was shown it because it was open may not be shown it any more.
        await db.TellAsync(group.Id, [null], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Ok((await ViewsAsync(db, [group], await caller.KeysAsync(cancellationToken), cancellationToken))[0]);
    }

    private static async Task<IReadOnlyList<GroupView>> ViewsAsync(RealtimeDb db, IReadOnlyList<Group> groups, string[] keys, CancellationToken cancellationToken)
    {
        string[] ids = [.. groups.Select(group => group.Id)];
        var counts = await db.Members.Where(m => ids.Contains(m.GroupId)).GroupBy(m => m.GroupId)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        var own = await db.Members.Where(m => ids.Contains(m.GroupId) && keys.Contains(m.Member)).GroupBy(m => m.GroupId)
            .Select(g => new { g.Key, Read = g.Max(m => m.ReadSeq) }).ToDictionaryAsync(g => g.Key, g => g.Read, cancellationToken);
        return
        [
            .. groups.Select(g => new GroupView(
                g.Id, g.Name, g.Visibility, counts.GetValueOrDefault(g.Id), own.ContainsKey(g.Id), g.LastSeq, own.TryGetValue(g.Id, out var read) ? g.LastSeq - read : null,
                g.CreatedBy, g.CreatedAt, g.LastAt, g.ArchivedAt, g.Limits())),
        ];
    }
}
