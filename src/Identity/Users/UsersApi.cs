using Agents.Contracts;
using Agents.Contracts.Identity;
using Agents.Identity.Tokens;
using Agents.ServiceDefaults.Audit;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Data;
using Agents.ServiceDefaults.Envelopes;
using Agents.ServiceDefaults.Idempotency;
using Agents.ServiceDefaults.Secrets;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Agents.Identity.Users;

internal static class UsersApi
{
    public static void AddUsers(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Passwords>();
        builder.Services.AddScoped<Accounts>();
        builder.Services.AddScoped<UserChanges>();
        builder.Services.AddHostedService<FirstAdmin>();
    }

    public static void MapUsers(this IEndpointRouteBuilder routes)
    {
        var users = routes.MapGroup("/users").WithTags("Users").RequireAuthorization(Policies.Admin);

        users.MapGet("/", ListAsync);
        users.MapPost("/", CreateAsync).WithIdempotency();
        users.MapGet("/{id}", GetAsync);
        users.MapPatch("/{id}", ChangeAsync);
        users.MapDelete("/{id}", DeleteAsync);
        users.MapPost("/{id}/password", ResetPasswordAsync);
    }

    public static void MapInternalUsers(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/internal/users/known", FindAsync).RequireAuthorization(Policies.Service);

    private static async Task<KnownUsers> FindAsync(UserIds asked, IdentityDb db, CancellationToken cancellationToken)
    {
        string[] names = [.. asked.Ids.Select(User.KeyOf)];
        return new(await db.Users.AsNoTracking()
            .Where(u => !u.Disabled && (asked.Ids.Contains(u.Id) || names.Contains(u.NameKey)))
            .Select(u => new KnownUser(u.Id, u.Name)).ToListAsync(cancellationToken));
    }

    private static async Task<Ok<ListOf<UserView>>> ListAsync(
        IdentityDb db, CancellationToken cancellationToken, string? q = null, int page = 1,
        [FromQuery(Name = "page_size")] int pageSize = Paging.DefaultSize)
    {
        var paging = new Paging(page, pageSize);
        var found = db.Users.AsNoTracking();
        if (!string.IsNullOrWhiteSpace(q))
        {
            var pattern = LikePattern.Containing(User.KeyOf(q));
            found = found.Where(u =>
                EF.Functions.Like(u.EmailKey, pattern, LikePattern.Escape) || EF.Functions.Like(u.NameKey, pattern, LikePattern.Escape));
        }

        var total = await found.Take(ListOf<UserView>.Cap + 1).CountAsync(cancellationToken);
        var users = await found.OrderBy(u => u.CreatedAt).ThenBy(u => u.Id).Skip(paging.Skip).Take(paging.Size).ToListAsync(cancellationToken);
        return TypedResults.Ok(ListOf<UserView>.Capped([.. users.Select(u => u.ToView())], total));
    }

    private static async Task<Results<Created<UserView>, Clash>> CreateAsync(
        CreateUserRequest request, Accounts accounts, Caller caller, CancellationToken cancellationToken)
    {
        var user = await accounts.CreateAsync(
            caller, request.Email, request.Password, request.Name, request.Roles ?? [Roles.User], cancellationToken);
        return user is null
            ? new Clash("An account with this email or name exists already.")
            : TypedResults.Created($"/api/v1/users/{user.Id}", user.ToView());
    }

    private static async Task<Results<Ok<UserView>, Missing>> GetAsync(string id, IdentityDb db, CancellationToken cancellationToken) =>
        await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id, cancellationToken) is { } user
            ? TypedResults.Ok(user.ToView())
            : new Missing();

    private static async Task<Results<Ok<UserView>, Missing, Clash, WrongState>> ChangeAsync(
        string id, ChangeUserRequest request, UserChanges changes, Caller caller, CancellationToken cancellationToken) =>
        await changes.ApplyAsync(caller, id, request, cancellationToken) switch
        {
            (UserChanges.Outcome.Done, { } user) => TypedResults.Ok(user.ToView()),
            (UserChanges.Outcome.LastAdmin, _) => new WrongState("This is the last admin: make another one first."),
            (UserChanges.Outcome.NameTaken, _) => new Clash("Another account has this name."),
            _ => new Missing(),
        };

    private static async Task<Results<Ok<Deleted>, Missing, WrongState>> DeleteAsync(
        string id, UserChanges changes, Caller caller, CancellationToken cancellationToken) =>
        await changes.DeleteAsync(caller, id, cancellationToken) switch
        {
            UserChanges.Outcome.Done => TypedResults.Ok(new Deleted()),
            UserChanges.Outcome.LastAdmin => new WrongState("This is the last admin: make another one first."),
            _ => new Missing(),
        };

    private static async Task<Results<Ok<ResetPasswordReply>, Missing>> ResetPasswordAsync(
        string id, ResetPasswordRequest? request, IdentityDb db, Passwords passwords, Revocations revocations, Caller caller,
        TimeProvider time, CancellationToken cancellationToken)
    {
        var made = request?.Password is null ? Opaque.New("")[..20] : null;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.Users.SingleOrDefaultAsync(u => u.Id == id, cancellationToken) is not { } user)
        {
            return new Missing();
        }

        user.PasswordHash = passwords.Hash(made ?? request!.Password!);
        await revocations.EndAllOfAsync(user, cancellationToken);
        db.AuditOutbox.Add(AuditEntry.Of(caller, time, "user.password_reset", id));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Ok(new ResetPasswordReply(true, made));
    }
}
