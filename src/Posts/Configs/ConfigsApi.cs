using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Posts;
using Agents.Contracts.Registry;
using Agents.Posts.Secrets;
using Agents.Posts.Staff;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Clients;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Agents.Posts.Configs;

internal static class ConfigsApi
{
    public static void MapConfigs(this IEndpointRouteBuilder routes)
    {
        var config = routes.MapGroup("/agents/{id}/config").WithTags("Agents");

        config.MapGet("/", GetAsync).RequireAuthorization(Policies.SignedInOrDevice);
        config.MapPut("/", PutAsync).RequireAuthorization(Policies.Operator);
    }

    private static async Task<Results<Ok<AgentConfigView>, Missing>> GetAsync(
        string id, AgentConfigs configs, IRegistryInternal registry, SecretNames names, Caller caller, CancellationToken cancellationToken) =>
        await FindAsync(id, registry, caller, cancellationToken) is { } found
            ? TypedResults.Ok(await ViewAsync(await configs.OfAsync(found, cancellationToken), names, cancellationToken))
            : new Missing();

    private static async Task<Results<Ok<AgentConfigView>, Missing, Invalid>> PutAsync(
        string id, AgentConfigRequest request, AgentConfigs configs, IRegistryInternal registry, SecretNames names, Caller caller, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, registry, caller, cancellationToken) is not { } found)
        {
            return new Missing();
        }

        var (version, overrides) = ((await configs.OfAsync(found, cancellationToken)).Version, request.Tree());
        var problems = new Problems();
        // Only together with the post it shows whether all is there that belongs together.
        if (TemplateJson.Read(EffectiveConfig.Patch(EffectiveConfig.TreeOf(version), overrides), "overrides", problems) is { } together)
        {
            problems.Template(together, "overrides");
        }

        if (problems.Any)
        {
            return new Invalid(problems.ToErrors());
        }

        var written = JsonSerializer.SerializeToElement(overrides, WireJson.Options);
        if (!await registry.ChangeOverridesAsync(id, new(caller.Id, written, (int?)overrides["concurrency"], Budget.OwnOf(overrides)), caller.Address, cancellationToken).WasThereAsync())
        {
            return new Missing();
        }

        var agent = found.Agent with { Concurrency = (int?)overrides["concurrency"] ?? found.Agent.Concurrency };
        return TypedResults.Ok(await ViewAsync(await configs.OfAsync(found with { Agent = agent, Overrides = written }, cancellationToken), names, cancellationToken));
    }

    /// <summary>A device sees the agents that it carries, and no others.</summary>
    private static async Task<AgentOverrides?> FindAsync(string id, IRegistryInternal registry, Caller caller, CancellationToken cancellationToken) =>
        await registry.GetOverridesAsync(id, cancellationToken).OrNoneAsync() is { } found
        && (caller.IsDevice ? found.Agent.DeviceId == caller.Id : found.Agent.IsSeenBy(caller))
            ? found
            : null;

    private static async Task<AgentConfigView> ViewAsync(AgentConfig config, SecretNames names, CancellationToken cancellationToken)
    {
        var (agent, effective) = (config.Of.Agent, config.Config);
        var missing = await names.MissingAsync(agent.Id, config.Version?.PostId, effective, cancellationToken);
        return new(
            agent.PostId, config.Version?.Number, config.Revision, config.Of.Overrides, effective.Tree.Deserialize<PostTemplate>(WireJson.Options)!,
            effective.Sources, missing, config.Of.Held, !config.IsHeld);
    }
}
