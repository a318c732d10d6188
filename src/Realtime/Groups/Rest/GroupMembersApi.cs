using Agents.Contracts;
using Agents.Contracts.Realtime.Groups;
using Agents.Realtime.Groups.People;
using Agents.ServiceDefaults.Audit;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Agents.Realtime.Groups.Rest;

internal static class GroupMembersApi
{
    public static void MapGroupMembers(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/groups/{id}").WithTags("Groups");
        var changed = group.MapGroup("").RequireAuthorization(GroupParts.Speakers);

        group.MapGet("/members", ListAsync).RequireAuthorization(GroupParts.Readers);
        changed.MapPost("/members", ChangeAsync);
        changed.MapPost("/join", JoinAsync);
        changed.MapPost("/leave", LeaveAsync);
        group.MapPost("/read", ReadAsync).RequireAuthorization(GroupParts.Readers);
    }

    private static async Task<Results<Ok<ListOf<GroupMemberView>>, Missing>> ListAsync(
        string id, RealtimeDb db, GroupCaller caller, CancellationToken cancellationToken, int page = 1,
        [FromQuery(Name = "page_size")] int pageSize = Paging.DefaultSize)
    {
        if (await caller.GroupAsync(db, id, cancellationToken) is null)
        {
            return new Missing();
        }

        var paging = new Paging(page, pageSize);
        var found = db.Members.AsNoTracking().Where(m => m.GroupId == id);
        var total = await found.CountAsync(cancellationToken);
        var members = await found.OrderBy(m => m.Name).ThenBy(m => m.Member).Skip(paging.Skip).Take(paging.Size).ToListAsync(cancellationToken);
        string[] keys = [.. members.Select(m => m.Member)];
        var here = await db.Database.SqlQuery<string>(
            $"""SELECT DISTINCT member AS "Value" FROM people_here WHERE member = ANY ({keys}) AND seen_at > now() - {PersonHere.GoneAfter}""").ToListAsync(cancellationToken);
        return TypedResults.Ok(ListOf<GroupMemberView>.Capped([.. members.Select(m => m.ToView(here.ToHashSet()))], total));
    }

    /// <summary>Members of a private group are chosen by who is in it; of an open one, by anybody who may enter it.</summary>
    private static async Task<Results<Ok<Changed>, Missing, NotAllowed, Invalid, Clash>> ChangeAsync(
        string id, ChangeMembers request, RealtimeDb db, Invitations invitations, GroupCaller caller, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await caller.GroupAsync(db, id, cancellationToken) is not { } group)
        {
            return new Missing();
        }

        var removed = (request.Remove ?? []).Select(MemberKey.Parse).Distinct().ToList();
        if (removed.Count > 0 && !caller.Runs(group))
        {
            return new NotAllowed("Only who made the group and operators take members out of it.");
        }

        var (added, unknown) = await invitations.FindAsync(caller, request.Add ?? [], cancellationToken);
        if (unknown is not null)
        {
            return new Invalid("add", unknown);
        }

        await using var transaction = await GroupTransaction.BeginAsync(db, cancellationToken);
        var there = await db.Members.CountAsync(m => m.GroupId == id, cancellationToken);
        if (there + added.Count > Memberships.MostMembers)
        {
            return new Clash($"A group has at most {Memberships.MostMembers:N0} members.");
        }

        var now = time.GetUtcNow();
        string[] keys = [.. added.Keys], names = [.. added.Values];
        var came = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO group_members (group_id, member, name, joined_at, read_seq)
            SELECT g.id, m.key, m.name, {now}, g.last_seq FROM groups g, unnest({keys}, {names}) m (key, name) WHERE g.id = {id} ON CONFLICT DO NOTHING
            """,
            cancellationToken);
        var went = await db.Members.Where(m => m.GroupId == id && removed.Contains(m.Member)).ExecuteDeleteAsync(cancellationToken);
        db.AuditOutbox.Add(AuditEntry.Of(caller.Caller, time, "group.members_changed", id, detail: $"{came} came, {went} went"));
        await db.SaveChangesAsync(cancellationToken);
        await db.TellAsync(id, [.. keys, .. removed], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Ok(new Changed(came, went));
    }

    private static async Task<Results<Ok<GroupId>, Missing, Invalid>> JoinAsync(
        string id, Memberships memberships, GroupCaller caller, CancellationToken cancellationToken, [FromQuery(Name = "agent_id")] string? agentId = null) =>
        await caller.SpeakerAsync(agentId, cancellationToken) is not { } speaker ? NotItsOwn()
        : await memberships.JoinAsync(id, speaker.Key, speaker.Name, mayMake: false, cancellationToken) is null ? TypedResults.Ok(new GroupId(id))
        : new Missing();

    private static async Task<Results<Ok<GroupId>, Missing, Invalid>> LeaveAsync(
        string id, Memberships memberships, GroupCaller caller, CancellationToken cancellationToken, [FromQuery(Name = "agent_id")] string? agentId = null) =>
        await caller.SpeakerAsync(agentId, cancellationToken) is not { } speaker ? NotItsOwn()
        : await memberships.LeaveAsync(id, speaker.Key, cancellationToken) ? TypedResults.Ok(new GroupId(id))
        : new Missing();

    private static async Task<Results<Ok<ReadRequest>, Missing, Invalid>> ReadAsync(
        string id, ReadRequest request, RealtimeDb db, Delivery.AckBook acks, GroupCaller caller, CancellationToken cancellationToken,
        [FromQuery(Name = "agent_id")] string? agentId = null)
    {
        if (await caller.SpeakerAsync(agentId, cancellationToken) is not { } speaker)
        {
            return NotItsOwn();
        }

        if (!await db.Members.AnyAsync(m => m.GroupId == id && m.Member == speaker.Key, cancellationToken))
        {
            return new Missing();
        }

        acks.Read(id, [speaker.Key], request.Read);
        return TypedResults.Ok(request);
    }

    internal static Invalid NotItsOwn() => new("agent_id", "must name an agent of this device");
}

internal sealed record Changed(int Added, int Removed);
