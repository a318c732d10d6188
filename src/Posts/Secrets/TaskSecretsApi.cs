using Agents.Contracts;
using Agents.Contracts.Posts;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Devices;
using Agents.ServiceDefaults.Envelopes;
using Agents.ServiceDefaults.Secrets;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Agents.Posts.Secrets;

/// <summary>Where the one who runs a task gets what it needs: not with the task, which is stored, listed and told of.</summary>
internal static class TaskSecretsApi
{
    /// <summary>Anybody who is somebody may ask, and is told that there is nothing unless it is his to have.</summary>
    private const string Anybody = "SecretAskers";

    public static void AddSecrets(this WebApplicationBuilder builder)
    {
        builder.AddMasterKey();
        builder.AddAgentCredentials();
        var services = builder.Services;
        services.AddAuthorizationBuilder().AddPolicy(Anybody, AgentCredentials.Or([.. Roles.OfPeople, Roles.Agent]));
        services.AddSingleton<SecretSeal>();
        services.AddScoped<SecretNames>();
        services.AddScoped<Holders>();
        services.AddScoped<Delivery>();
        services.AddHostedService<SealCheck>();
    }

    public static void MapTaskSecrets(this IEndpointRouteBuilder routes) =>
        // No Idempotency-Key here: an answer that is stored would be the secrets themselves.
        routes.MapPost("/tasks/{id}/secrets", GiveAsync).WithTags("Secrets").RequireAuthorization(Anybody);

    /// <summary>The answer says no-store, as every envelope does: nothing on its way keeps it.</summary>
    private static async Task<Results<Ok<TaskSecrets>, Missing, Invalid, WrongState, Broken>> GiveAsync(
        string id, TaskSecretsRequest request, Holders holders, Delivery delivery, Caller caller, CancellationToken cancellationToken)
    {
        var attempt = request.Attempt!.Value;
        return Guid.TryParse(id, out var task) && await holders.AgentForAsync(task, attempt, caller, cancellationToken) is { } agent
            ? await delivery.ToAsync(caller, task, attempt, agent, cancellationToken)
            : new Missing();
    }
}
