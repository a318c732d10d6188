using Agents.Contracts.Identity;
using Agents.Identity.Tokens;
using Agents.Identity.Users;
using Agents.ServiceDefaults.Audit;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Agents.Identity.Sessions;

internal static class PasswordApi
{
    public static void MapPassword(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/auth/password", ChangeAsync).WithTags("Auth").RequireAuthorization(Policies.SignedIn);

    /// <summary>All sessions end, wherever they are; the answer begins a new one for who changed it.</summary>
    private static async Task<Results<Ok<TokenReply>, Invalid, NotSignedIn, TooMany>> ChangeAsync(
        ChangePasswordRequest request, IdentityDb db, SignIn signIn, Passwords passwords, Revocations revocations, SessionTokens sessions,
        Caller caller, TimeProvider time, HttpContext context, CancellationToken cancellationToken)
    {
        if (await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == caller.Id, cancellationToken) is not { } account)
        {
            return new NotSignedIn();
        }

        var (user, retryAfter) = await signIn.CheckAsync(caller, account.Email, request.Password, cancellationToken);
        if (user is null)
        {
            return retryAfter > TimeSpan.Zero ? new TooMany(retryAfter) : new Invalid("password", "is wrong");
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        user.PasswordHash = passwords.Hash(request.NewPassword);
        await revocations.EndAllOfAsync(user, cancellationToken);
        db.AuditOutbox.Add(AuditEntry.Of(caller, time, "user.password_changed", user.Id));
        var tokens = await sessions.BeginAsync(caller, user, context.Request.Headers.UserAgent.ToString(), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Ok(request.Cookie ? SessionCookies.Set(context, tokens) : tokens);
    }
}
