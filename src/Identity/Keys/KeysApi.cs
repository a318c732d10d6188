using Agents.Contracts;
using Agents.Contracts.Identity;
using Agents.Identity.Tokens;
using Agents.ServiceDefaults.Audit;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Agents.ServiceDefaults.Secrets;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Agents.Identity.Keys;

internal static class KeysApi
{
    public static void MapKeys(this IEndpointRouteBuilder routes)
    {
        var keys = routes.MapGroup("/auth/keys").WithTags("Keys").RequireAuthorization(Policies.SignedIn);

        keys.MapGet("/", ListAsync);
        keys.MapPost("/", CreateAsync);
        keys.MapDelete("/{id}", DeleteAsync);
    }

    private static async Task<Ok<ListOf<KeyView>>> ListAsync(IdentityDb db, Caller caller, CancellationToken cancellationToken)
    {
        var keys = await db.ApiKeys.AsNoTracking().Where(k => k.UserId == caller.Id).OrderBy(k => k.CreatedAt).ToListAsync(cancellationToken);
        return TypedResults.Ok(ListOf<KeyView>.Of([.. keys.Select(k => k.ToView())]));
    }

    private static async Task<Results<Created<CreatedKey>, Invalid, WrongState>> CreateAsync(
        CreateKeyRequest request, IdentityDb db, Caller caller, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var roles = request.Roles ?? caller.Roles;
        if (KeyScope.Covered(roles, [.. caller.Roles]).Count < roles.Count)
        {
            return new Invalid("roles", "must be within your own");
        }

        if (request.ExpiresAt <= now)
        {
            return new Invalid("expires_at", "must lie in the future");
        }

        if (await db.ApiKeys.CountAsync(k => k.UserId == caller.Id, cancellationToken) >= ApiKey.MaxPerUser)
        {
            return new WrongState($"An account has at most {ApiKey.MaxPerUser} keys: delete one first.");
        }

        var secret = Opaque.New(ApiKey.Prefix);
        var key = new ApiKey
        {
            Id = Ids.New(time),
            UserId = caller.Id,
            Name = request.Name,
            Hash = ApiKey.HashOf(secret),
            Hint = secret[^4..],
            Roles = [.. roles.Distinct()],
            CreatedAt = now,
            ExpiresAt = request.ExpiresAt,
        };
        db.ApiKeys.Add(key);
        db.AuditOutbox.Add(AuditEntry.Of(caller, time, "key.created", key.Id, detail: string.Join(',', key.Roles)));
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.Created($"/api/v1/auth/keys/{key.Id}", new CreatedKey(key.Id, key.Name, secret, key.Roles, key.ExpiresAt));
    }

    private static async Task<Results<Ok<Deleted>, Missing>> DeleteAsync(
        string id, IdentityDb db, Revocations revocations, Caller caller, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.ApiKeys.Where(k => k.Id == id && k.UserId == caller.Id).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return new Missing();
        }

        // The tokens that were made for it carry its id as their session.
        await revocations.EndSessionAsync(id, cancellationToken);
        db.AuditOutbox.Add(AuditEntry.Of(caller, time, "key.deleted", id));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Ok(new Deleted());
    }
}
