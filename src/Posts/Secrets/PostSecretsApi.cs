using Agents.Contracts;
using Agents.Contracts.Posts;
using Agents.Posts.Posts;
using Agents.ServiceDefaults.Audit;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Agents.Posts.Secrets;

internal static class PostSecretsApi
{
    public static void MapPostSecrets(this IEndpointRouteBuilder routes)
    {
        var secrets = routes.MapGroup("/posts/{id}/secrets").WithTags("Secrets").RequireAuthorization(Policies.Operator);

        secrets.MapGet("/", ListAsync);
        // No Idempotency-Key here: a repeat does no harm, and a hash of the value would be kept.
        secrets.MapPut("/{name}", PutAsync);
        secrets.MapDelete("/{name}", DeleteAsync);
    }

    private static async Task<Results<Ok<ListOf<SecretView>>, Missing>> ListAsync(string id, PostsDb db, CancellationToken cancellationToken)
    {
        var secrets = await db.Secrets.AsNoTracking().Where(s => s.PostId == id).OrderBy(s => s.Name)
            .Select(s => new SecretView(s.Name, s.Version, s.UpdatedAt, s.UpdatedBy)).ToListAsync(cancellationToken);
        return secrets.Count > 0 || await db.Posts.AnyAsync(p => p.Id == id, cancellationToken)
            ? TypedResults.Ok(ListOf<SecretView>.Of(secrets))
            : new Missing();
    }

    private static async Task<Results<Ok<SecretView>, Missing, Invalid>> PutAsync(
        string id, string name, SecretRequest request, PostsDb db, SecretSeal seal, Caller caller, TimeProvider time, CancellationToken cancellationToken)
    {
        if (SecretName.Problem(name) is { } problem)
        {
            return problem;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.LockAsync(id, cancellationToken) is null)
        {
            return new Missing();
        }

        var now = time.GetUtcNow();
        var (key, value) = seal.Seal(SecretScope.OfPost(id), name, request.Value!);
        if (await db.Secrets.SingleOrDefaultAsync(s => s.PostId == id && s.Name == name, cancellationToken) is { } secret)
        {
            (secret.WrappedKey, secret.Sealed, secret.Version, secret.UpdatedBy, secret.UpdatedAt) = (key, value, secret.Version + 1, caller.Id, now);
        }
        else
        {
            if (await db.Secrets.CountAsync(s => s.PostId == id, cancellationToken) >= SecretRequest.MostSecrets)
            {
                return new Invalid("name", $"is one more than the {SecretRequest.MostSecrets} secrets that a post may have");
            }

            secret = new() { PostId = id, Name = name, WrappedKey = key, Sealed = value, Version = 1, UpdatedBy = caller.Id, UpdatedAt = now };
            db.Secrets.Add(secret);
        }

        db.AuditOutbox.Add(AuditEntry.Of(caller, time, "secret.set", id, detail: $"{name} of the post, version {secret.Version}"));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Ok(secret.ToView());
    }

    private static async Task<Results<Ok<Deleted>, Missing>> DeleteAsync(
        string id, string name, PostsDb db, Caller caller, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.Secrets.Where(s => s.PostId == id && s.Name == name).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return new Missing();
        }

        db.AuditOutbox.Add(AuditEntry.Of(caller, time, "secret.deleted", id, detail: $"{name} of the post"));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Ok(new Deleted());
    }
}
