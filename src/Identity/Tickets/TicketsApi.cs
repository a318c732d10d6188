using Agents.Contracts.Identity;
using Agents.Identity.Tokens;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Agents.ServiceDefaults.Secrets;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Agents.Identity.Tickets;

internal static class TicketsApi
{
    public static void MapTickets(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/auth/ws-ticket", CreateAsync).WithTags("Auth").RequireAuthorization(Policies.SignedIn);

    public static void MapInternalTickets(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/internal/tickets/redeem", RedeemAsync).RequireAuthorization(Policies.Service);

    private static async Task<Results<Ok<SocketTicket>, NotSignedIn>> CreateAsync(
        NpgsqlDataSource postgres, Caller caller, TimeProvider time, CancellationToken cancellationToken)
    {
        var ticket = Opaque.New(SocketTicketEntry.Prefix);
        var expiresAt = time.GetUtcNow() + SocketTicketEntry.Lifetime;
        if (!await postgres.InsertAsync(Opaque.Hash(ticket), caller.Id, caller.SessionId, [.. caller.Roles], expiresAt, cancellationToken))
        {
            return new NotSignedIn();
        }

        return TypedResults.Ok(new SocketTicket(ticket, (int)SocketTicketEntry.Lifetime.TotalSeconds));
    }

    private static async Task<Results<Ok<RedeemedTicket>, NotFound>> RedeemAsync(
        RedeemTicket request, IdentityDb db, TokenIssuer issuer, TimeProvider time, CancellationToken cancellationToken)
    {
        var hash = Opaque.Hash(request.Ticket);
        // Deleting is taking: of two who come with one ticket, one gets the row.
        var taken = await db.SocketTickets
            .FromSql($"DELETE FROM socket_tickets WHERE hash = {hash} RETURNING *")
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        if (taken is not [{ } ticket] || ticket.ExpiresAt < time.GetUtcNow()
            || await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == ticket.UserId && u.Version == ticket.Version && !u.Disabled, cancellationToken) is not { } user)
        {
            return TypedResults.NotFound();
        }

        return TypedResults.Ok(new RedeemedTicket(await issuer.IssueAsync(user, ticket.SessionId, ticket.Roles, cancellationToken)));
    }
}
