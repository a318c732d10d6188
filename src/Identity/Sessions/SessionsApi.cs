using Agents.Contracts;
using Agents.Contracts.Identity;
using Agents.Identity.Users;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Agents.Identity.Sessions;

internal static class SessionsApi
{
    public static void AddSessions(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<SignIn>();
        builder.Services.AddScoped<SessionTokens>();
        builder.Services.AddHostedService<SessionSweep>();
        builder.Services.AddOptions<RegistrationOptions>().Configure<IConfiguration>((options, configuration) =>
            options.Open = configuration["AGENTS_OPEN_REGISTRATION"] is "1" or "true" or "True" or "on");
    }

    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        var auth = routes.MapGroup("/auth").WithTags("Auth");

        auth.MapPost("/register", RegisterAsync).AllowAnonymous();
        auth.MapPost("/login", LogInAsync).AllowAnonymous();
        auth.MapPost("/refresh", RefreshAsync).AllowAnonymous();
        auth.MapPost("/logout", LogOutAsync).RequireAuthorization(Policies.SignedIn);
        auth.MapGet("/me", GetMeAsync).RequireAuthorization(Policies.SignedIn);
    }

    private static async Task<Results<Ok<RegisterReply>, NotSignedIn, NotAllowed, Clash>> RegisterAsync(
        RegisterRequest request, Accounts accounts, IOptions<RegistrationOptions> options, Caller caller,
        CancellationToken cancellationToken)
    {
        if (!options.Value.Open && !caller.IsAdmin)
        {
            return caller.Id.Length == 0
                ? new NotSignedIn("Registration is not open: an admin makes accounts.")
                : new NotAllowed("Registration is not open: an admin makes accounts.");
        }

        var user = await accounts.CreateAsync(caller, request.Email, request.Password, request.Name, [Roles.User], cancellationToken);
        return user is null ? new Clash("An account with this email or name exists already.") : TypedResults.Ok(new RegisterReply(user.Id));
    }

    private static async Task<Results<Ok<TokenReply>, NotSignedIn, TooMany>> LogInAsync(
        LoginRequest request, SignIn signIn, SessionTokens sessions, Caller caller, HttpContext context, CancellationToken cancellationToken)
    {
        var (user, retryAfter) = await signIn.CheckAsync(caller, request.Email, request.Password, cancellationToken);
        if (user is null)
        {
            return retryAfter > TimeSpan.Zero
                ? new TooMany(retryAfter, "Too many failed sign-ins for this account. Try again later.")
                : new NotSignedIn("The name or the password is wrong.");
        }

        var tokens = await sessions.BeginAsync(caller, user, context.Request.Headers.UserAgent.ToString(), cancellationToken);
        return TypedResults.Ok(request.Cookie ? SessionCookies.Set(context, tokens) : tokens);
    }

    private static async Task<Results<Ok<TokenReply>, Invalid, NotSignedIn>> RefreshAsync(
        RefreshRequest request, SessionTokens sessions, Caller caller, HttpContext context, CancellationToken cancellationToken)
    {
        var cookie = request.RefreshToken is null ? context.Request.Cookies[SessionCookieNames.Refresh] : null;
        if ((request.RefreshToken ?? cookie) is not { } token)
        {
            return new Invalid("refresh_token", "is required");
        }

        if (await sessions.RefreshAsync(caller, token, cancellationToken) is not { } tokens)
        {
            return new NotSignedIn("The refresh token is no good. Sign in again.");
        }

        return TypedResults.Ok(cookie is null ? tokens : SessionCookies.Set(context, tokens));
    }

    private static async Task<Ok<Nothing>> LogOutAsync(
        SessionTokens sessions, Caller caller, HttpContext context, CancellationToken cancellationToken)
    {
        await sessions.LogOutAsync(caller, cancellationToken);
        SessionCookies.Clear(context);
        return TypedResults.Ok(new Nothing());
    }

    private static async Task<Results<Ok<MeReply>, NotSignedIn>> GetMeAsync(IdentityDb db, Caller caller, CancellationToken cancellationToken) =>
        await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == caller.Id, cancellationToken) is { } user
            // The token's roles: a key may have fewer than the account.
            ? TypedResults.Ok(new MeReply(user.Id, user.Email, user.Name, caller.Roles))
            : new NotSignedIn();
}

internal sealed class RegistrationOptions
{
    /// <summary>May anyone register, or only an admin make accounts?</summary>
    public bool Open { get; set; }
}
