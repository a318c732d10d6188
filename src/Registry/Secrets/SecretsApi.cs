using Agents.Contracts.Posts;
using Agents.Contracts.Registry;
using Agents.ServiceDefaults.Audit;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Agents.Registry.Secrets;

/// <summary>Kept here for Posts, which seals them and alone opens them.</summary>
internal static class SecretsApi
{
    public static void MapInternalSecrets(this IEndpointRouteBuilder routes)
    {
        var secrets = routes.MapGroup("/internal/agents/{id}/secrets").RequireAuthorization(Policies.Service);

        secrets.MapGet("/", ListAsync);
        secrets.MapGet("/sealed", SealedAsync);
        secrets.MapPut("/{name}", PutAsync);
        secrets.MapDelete("/{name}", DeleteAsync);
    }

    private static async Task<Results<Ok<AgentSecrets>, NotFound>> ListAsync(string id, RegistryDb db, CancellationToken cancellationToken)
    {
        if (await db.Agents.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, cancellationToken) is not { } agent)
        {
            return TypedResults.NotFound();
        }

        var secrets = await db.Secrets.AsNoTracking().Where(s => s.AgentId == id).OrderBy(s => s.Name)
            .Select(s => new SecretView(s.Name, s.Version, s.UpdatedAt, s.UpdatedBy)).ToListAsync(cancellationToken);
        return TypedResults.Ok(new AgentSecrets(agent.ToKnown(), secrets));
    }

    private static async Task<Results<Ok<SealedSecrets>, NotFound>> SealedAsync(string id, RegistryDb db, CancellationToken cancellationToken)
    {
        var secrets = await db.Secrets.AsNoTracking().Where(s => s.AgentId == id).ToListAsync(cancellationToken);
        return secrets.Count > 0 || await db.Agents.AnyAsync(a => a.Id == id, cancellationToken)
            ? TypedResults.Ok(new SealedSecrets([.. secrets.Select(s => s.ToSealed())]))
            : TypedResults.NotFound();
    }

    private static async Task<Results<Ok<SecretView>, NotFound, Invalid>> PutAsync(
        string id, string name, SealSecret given, RegistryDb db, Caller caller, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await LockAsync(db, id, given.Owner, cancellationToken))
        {
            return TypedResults.NotFound();
        }

        var now = time.GetUtcNow();
        if (await db.Secrets.SingleOrDefaultAsync(s => s.AgentId == id && s.Name == name, cancellationToken) is { } secret)
        {
            (secret.WrappedKey, secret.Sealed, secret.Version, secret.UpdatedBy, secret.UpdatedAt) = (given.Key, given.Value, secret.Version + 1, given.By, now);
        }
        else
        {
            if (await db.Secrets.CountAsync(s => s.AgentId == id, cancellationToken) >= SecretRequest.MostSecrets)
            {
                return new Invalid("name", $"is one more than the {SecretRequest.MostSecrets} secrets that an agent may have");
            }

            secret = new() { AgentId = id, Name = name, WrappedKey = given.Key, Sealed = given.Value, Version = 1, UpdatedBy = given.By, UpdatedAt = now };
            db.Secrets.Add(secret);
        }

        db.AuditOutbox.Add(AuditEntry.Of(caller with { Id = given.By }, time, "secret.set", id, detail: $"{name} of the agent, version {secret.Version}"));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Ok(secret.ToView());
    }

    private static async Task<Results<Ok, NotFound>> DeleteAsync(
        string id, string name, string by, string? owner, RegistryDb db, Caller caller, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await LockAsync(db, id, owner, cancellationToken)
            || await db.Secrets.Where(s => s.AgentId == id && s.Name == name).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return TypedResults.NotFound();
        }

        db.AuditOutbox.Add(AuditEntry.Of(caller with { Id = by }, time, "secret.deleted", id, detail: $"{name} of the agent"));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Ok();
    }

    /// <summary>Until the end of the transaction nobody else changes its secrets, or whose it is.</summary>
    private static async Task<bool> LockAsync(RegistryDb db, string id, string? owner, CancellationToken cancellationToken) =>
        await db.Agents.FromSql($"SELECT * FROM agents WHERE id = {id} FOR UPDATE").AsNoTracking().ToListAsync(cancellationToken) is [{ } agent]
        && (owner is null || agent.Owner == owner);
}
