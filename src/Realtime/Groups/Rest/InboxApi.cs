using Agents.Contracts;
using Agents.Contracts.Realtime.Groups;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Agents.Realtime.Groups.Rest;

internal static class InboxApi
{
    public static void MapInboxes(this IEndpointRouteBuilder routes)
    {
        var own = routes.MapGroup("/inbox").WithTags("Inbox").RequireAuthorization(Policies.SignedIn);
        var agents = routes.MapGroup("/agents/{id}/inbox").WithTags("Inbox");

        own.MapGet("/", ListOwnAsync);
        own.MapPost("/ack", AcknowledgeOwnAsync);
        agents.MapGet("/", ListAsync).RequireAuthorization(GroupParts.Readers);
        agents.MapPost("/ack", AcknowledgeAsync).RequireAuthorization(GroupParts.Speakers);
    }

    private static async Task<Ok<ListOf<InboxEntry>>> ListOwnAsync(
        Inboxes inboxes, GroupCaller caller, CancellationToken cancellationToken, bool unread = false, int page = 1,
        [FromQuery(Name = "page_size")] int pageSize = Paging.DefaultSize) =>
        TypedResults.Ok(await PageAsync(inboxes, caller.Key, unread, new(page, pageSize), cancellationToken));

    private static async Task<Ok<InboxAcked>> AcknowledgeOwnAsync(InboxAckRequest request, Inboxes inboxes, GroupCaller caller, CancellationToken cancellationToken) =>
        TypedResults.Ok(new InboxAcked(await inboxes.AcknowledgeAsync(caller.Key, request.All ? null : request.Ids, cancellationToken)));

    private static async Task<Results<Ok<ListOf<InboxEntry>>, Missing>> ListAsync(
        string id, Inboxes inboxes, GroupCaller caller, CancellationToken cancellationToken, bool unread = false, int page = 1,
        [FromQuery(Name = "page_size")] int pageSize = Paging.DefaultSize) =>
        await caller.OwnAgentAsync(id, cancellationToken) is null
            ? new Missing()
            : TypedResults.Ok(await PageAsync(inboxes, MemberKey.OfAgent(id), unread, new(page, pageSize), cancellationToken));

    private static async Task<Results<Ok<InboxAcked>, Missing>> AcknowledgeAsync(
        string id, InboxAckRequest request, Inboxes inboxes, GroupCaller caller, CancellationToken cancellationToken) =>
        await caller.OwnAgentAsync(id, cancellationToken) is null
            ? new Missing()
            : TypedResults.Ok(new InboxAcked(await inboxes.AcknowledgeAsync(MemberKey.OfAgent(id), request.All ? null : request.Ids, cancellationToken)));

    private static async Task<ListOf<InboxEntry>> PageAsync(Inboxes inboxes, string owner, bool unread, Paging paging, CancellationToken cancellationToken)
    {
        var (items, total) = await inboxes.ListAsync(owner, unread, paging.Skip, paging.Size, cancellationToken);
        return ListOf<InboxEntry>.Capped(items, total);
    }
}
