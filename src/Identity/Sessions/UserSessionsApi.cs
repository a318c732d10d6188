using Agents.Contracts;
using Agents.Contracts.Identity;
using Agents.Identity.Tokens;
using Agents.ServiceDefaults.Audit;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Agents.Identity.Sessions;

/// <summary>Where somebody is signed in, and how that ends: one's own one by one, another account's all at once.</summary>
internal static class UserSessionsApi
{
    public static void MapUserSessions(this IEndpointRouteBuilder routes)
    {
        var own = routes.MapGroup("/auth/sessions").WithTags("Auth").RequireAuthorization(Policies.SignedIn);
        own.MapGet("/", ListOwnAsync);
        own.MapDelete("/{id}", EndOwnAsync);

        var others = routes.MapGroup("/users/{id}/sessions").WithTags("Users").RequireAuthorization(Policies.Admin);
        others.MapGet("/", ListAsync);
        others.MapDelete("/", EndAllAsync);
    }

    private static async Task<Ok<ListOf<UserSession>>> ListOwnAsync(
        IdentityDb db, Caller caller, TimeProvider time, CancellationToken cancellationToken, int page = 1,
        [FromQuery(Name = "page_size")] int pageSize = Paging.DefaultSize) =>
        TypedResults.Ok(await OfAsync(caller.Id, db, caller, time, new(page, pageSize), cancellationToken));

    private static async Task<Results<Ok<ListOf<UserSession>>, Missing>> ListAsync(
        string id, IdentityDb db, Caller caller, TimeProvider time, CancellationToken cancellationToken, int page = 1,
        [FromQuery(Name = "page_size")] int pageSize = Paging.DefaultSize) =>
        await db.Users.AnyAsync(u => u.Id == id, cancellationToken)
            ? TypedResults.Ok(await OfAsync(id, db, caller, time, new(page, pageSize), cancellationToken))
            : new Missing();

    /// <summary>The one used last comes first.</summary>
    private static async Task<ListOf<UserSession>> OfAsync(
        string userId, IdentityDb db, Caller caller, TimeProvider time, Paging paging, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var going = db.Sessions.AsNoTracking().Where(s => s.UserId == userId && s.ExpiresAt > now);
        var total = await going.Take(ListOf<UserSession>.Cap + 1).CountAsync(cancellationToken);
        var sessions = await going.OrderByDescending(s => s.ExpiresAt).ThenBy(s => s.Id).Skip(paging.Skip).Take(paging.Size).ToListAsync(cancellationToken);
        return ListOf<UserSession>.Capped([.. sessions.Select(s => s.ToView(caller.SessionId))], total);
    }

    private static async Task<Results<Ok<Deleted>, Missing>> EndOwnAsync(
        string id, SessionTokens sessions, Caller caller, CancellationToken cancellationToken) =>
        await sessions.EndOwnAsync(caller, id, cancellationToken) ? TypedResults.Ok(new Deleted()) : new Missing();

    private static async Task<Results<Ok<Deleted>, Missing>> EndAllAsync(
        string id, IdentityDb db, Revocations revocations, Caller caller, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.Users.SingleOrDefaultAsync(u => u.Id == id, cancellationToken) is not { } user)
        {
            return new Missing();
        }

        await revocations.EndAllOfAsync(user, cancellationToken);
        db.AuditOutbox.Add(AuditEntry.Of(caller, time, "user.sessions_ended", id));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Ok(new Deleted());
    }
}
