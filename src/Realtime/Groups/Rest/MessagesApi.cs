using Agents.Contracts;
using Agents.Contracts.Realtime;
using Agents.Contracts.Realtime.Groups;
using Agents.Realtime.Groups.Log;
using Agents.ServiceDefaults.Devices;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Agents.Realtime.Groups.Rest;

internal static class MessagesApi
{
    private const int DefaultLimit = 50;
    private const int MostAtOnce = 200;

    public static void MapMessages(this IEndpointRouteBuilder routes)
    {
        var messages = routes.MapGroup("/groups/{id}/messages").WithTags("Groups");
        var read = messages.MapGroup("").RequireAuthorization(GroupParts.Readers);
        var said = messages.MapGroup("").RequireAuthorization(GroupParts.Speakers);

        read.MapGet("/", ListAsync);
        read.MapGet("/{message_id}/history", HistoryAsync);
        said.MapPost("/", SayAsync);
        said.MapPatch("/{message_id}", EditAsync);
        said.MapDelete("/{message_id}", DeleteAsync);
    }

    /// <summary>In the order of their numbers: those after one, those before one, or the newest.</summary>
    private static async Task<Results<Ok<ListOf<GroupEntry>>, Missing>> ListAsync(
        string id, RealtimeDb db, GroupCaller caller, CancellationToken cancellationToken, long? after = null, long? before = null, Guid? thread = null,
        int limit = DefaultLimit, [FromQuery(Name = "agent_id")] string? agentId = null)
    {
        if (await caller.GroupAsync(db, id, cancellationToken, agentId) is not { } group)
        {
            return new Missing();
        }

        var most = Math.Clamp(limit, 1, MostAtOnce);
        var found = db.Entries.AsNoTracking().Where(e => e.GroupId == id && (thread == null || e.Thread == thread || e.Id == thread));
        List<LogEntry> page;
        if (after is { } from)
        {
            page = await found.Where(e => e.Seq > from).OrderBy(e => e.Seq).Take(most).ToListAsync(cancellationToken);
        }
        else
        {
            var until = before ?? long.MaxValue;
            page = await found.Where(e => e.Seq < until).OrderByDescending(e => e.Seq).Take(most).ToListAsync(cancellationToken);
            page.Reverse();
        }

        var total = thread is null ? group.LastSeq : await found.Take(ListOf<GroupEntry>.Cap + 1).LongCountAsync(cancellationToken);
        return TypedResults.Ok(ListOf<GroupEntry>.Capped([.. page.Select(entry => entry.ToWire())], total));
    }

    /// <summary>What it said before, as its edits have it, and that it was deleted.</summary>
    private static async Task<Results<Ok<ListOf<MessageVersion>>, Missing>> HistoryAsync(
        string id, [FromRoute(Name = "message_id")] string messageId, RealtimeDb db, GroupCaller caller, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(messageId, out var asked) || await caller.GroupAsync(db, id, cancellationToken) is null
            || await db.Entries.AsNoTracking().SingleOrDefaultAsync(e => e.GroupId == id && e.Id == asked, cancellationToken) is not { } message)
        {
            return new Missing();
        }

        var changes = await db.Entries.AsNoTracking().Where(e => e.GroupId == id && e.Target == asked).OrderBy(e => e.Seq).ToListAsync(cancellationToken);
        var first = changes.FirstOrDefault(e => e.Kind == EntryKind.Edit)?.Before ?? message.Content;
        return TypedResults.Ok(ListOf<MessageVersion>.Of(
        [
            new(message.Seq, EntryKind.Message, message.AuthorName, first, message.At),
            .. changes.Select(change => new MessageVersion(change.Seq, change.Kind, change.AuthorName, change.Content, change.At)),
        ]));
    }

    private static async Task<Results<Created<Said>, Failure>> SayAsync(
        string id, SignedBody<SayRequest> body, SignedRequests signed, Conversation conversation, GroupCaller caller, CancellationToken cancellationToken)
    {
        var request = body.Value;
        var (signature, refusal) = await signed.CheckAsync(body.SignatureOf(FrameType.GroupMessage), id, new("group_id", request.GroupId, id), cancellationToken);
        if (refusal is not null)
        {
            return refusal;
        }

        if (await caller.SpeakerAsync(request.AgentId, cancellationToken) is not { } speaker)
        {
            return GroupMembersApi.NotItsOwn();
        }

        var said = await conversation.SayAsync(speaker, id, request, signature, cancellationToken);
        return said.Fault is { } fault
            ? fault.ToFailure("content")
            : TypedResults.Created($"/api/v1/groups/{id}/messages?after={said.Seq - 1}&limit=1", new Said(said.Id.ToString(), said.Seq, said.Offered));
    }

    private static async Task<Results<Ok<Said>, Failure>> EditAsync(
        string id, [FromRoute(Name = "message_id")] string messageId, SignedBody<EditRequest> body, SignedRequests signed, Conversation conversation, GroupCaller caller,
        CancellationToken cancellationToken, [FromQuery(Name = "agent_id")] string? agentId = null)
    {
        var request = body.Value;
        var (signature, refusal) = await signed.CheckAsync(
            body.SignatureOf(FrameType.GroupEdit), id, new("group_id", request.GroupId, id), cancellationToken, new("message_id", request.MessageId, messageId));
        return refusal
            ?? await ChangeAsync(id, messageId, EntryKind.Edit, request.Content, request.AgentId ?? agentId, signature, conversation, caller, cancellationToken);
    }

    private static async Task<Results<Ok<Said>, Failure>> DeleteAsync(
        string id, [FromRoute(Name = "message_id")] string messageId, Conversation conversation, GroupCaller caller, CancellationToken cancellationToken,
        [FromQuery(Name = "agent_id")] string? agentId = null) =>
        await ChangeAsync(id, messageId, EntryKind.Delete, "", agentId, signature: null, conversation, caller, cancellationToken);

    private static async Task<Results<Ok<Said>, Failure>> ChangeAsync(
        string id, string messageId, string kind, string content, string? agentId, EntrySignature? signature, Conversation conversation, GroupCaller caller,
        CancellationToken cancellationToken)
    {
        if (await caller.SpeakerAsync(agentId, cancellationToken) is not { } speaker)
        {
            return GroupMembersApi.NotItsOwn();
        }

        if (!Guid.TryParse(messageId, out var target))
        {
            return new Missing();
        }

        var changed = await conversation.ChangeAsync(speaker, id, target, kind, content, caller.Caller.IsOperator, signature, cancellationToken);
        return changed.Fault is { } fault ? fault.ToFailure("content") : TypedResults.Ok(new Said(changed.Id.ToString(), changed.Seq));
    }
}

/// <summary>What a message said from a number of the log on.</summary>
internal sealed record MessageVersion(long Seq, string Kind, string By, string Content, DateTimeOffset At);
