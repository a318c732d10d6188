using System.Net;
using Agents.Contracts;
using Agents.Contracts.Posts;
using Agents.Contracts.Registry;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Clients;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.AspNetCore.Http.HttpResults;
using Refit;

namespace Agents.Posts.Secrets;

/// <summary>Secrets of one agent, for operators and its owner. They are sealed here, and lie in Registry beside the agent.</summary>
internal static class AgentSecretsApi
{
    public static void MapAgentSecrets(this IEndpointRouteBuilder routes)
    {
        var secrets = routes.MapGroup("/agents/{id}/secrets").WithTags("Secrets").RequireAuthorization(Policies.User);

        secrets.MapGet("/", ListAsync);
        // No Idempotency-Key here: a repeat does no harm, and a hash of the value would be kept.
        secrets.MapPut("/{name}", PutAsync);
        secrets.MapDelete("/{name}", DeleteAsync);
    }

    private static async Task<Results<Ok<ListOf<SecretView>>, Missing>> ListAsync(
        string id, IRegistryInternal registry, Caller caller, CancellationToken cancellationToken) =>
        await registry.GetSecretsAsync(id, cancellationToken).OrNoneAsync() is { } found && (caller.IsOperator || found.Agent.Owner == caller.Id)
            ? TypedResults.Ok(ListOf<SecretView>.Of(found.Items))
            : new Missing();

    private static async Task<Results<Ok<SecretView>, Missing, Invalid>> PutAsync(
        string id, string name, SecretRequest request, IRegistryInternal registry, SecretSeal seal, Caller caller, CancellationToken cancellationToken)
    {
        if (SecretName.Problem(name) is { } problem)
        {
            return problem;
        }

        if (!Ids.IsValid(id))
        {
            return new Missing();
        }

        try
        {
            var (key, value) = seal.Seal(SecretScope.OfAgent(id), name, request.Value!);
            return await registry.PutSecretAsync(id, name, new(caller.Id, key, value, OwnerOf(caller)), caller.Address, cancellationToken).OrNoneAsync() is { } written
                ? TypedResults.Ok(written)
                : new Missing();
        }
        catch (ApiException e) when (e.StatusCode is HttpStatusCode.BadRequest && e.Refusal()?.Data is { Errors: not null } errors)
        {
            return new Invalid(errors);
        }
    }

    private static async Task<Results<Ok<Deleted>, Missing>> DeleteAsync(
        string id, string name, IRegistryInternal registry, Caller caller, CancellationToken cancellationToken) =>
        Ids.IsValid(id) && Ids.IsValid(name)
        && await registry.DeleteSecretAsync(id, name, caller.Id, OwnerOf(caller), caller.Address, cancellationToken).WasThereAsync()
            ? TypedResults.Ok(new Deleted())
            : new Missing();

    /// <summary>Looked at where the agent is locked, so that it can't change hands in between.</summary>
    private static string? OwnerOf(Caller caller) => caller.IsOperator ? null : caller.Id;
}
