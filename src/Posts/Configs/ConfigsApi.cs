using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Contracts;
using Agents.Contracts.Posts;
using Agents.Contracts.Registry;
using Agents.Posts.Staff;
using Agents.Posts.Versions;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.AspNetCore.Http.HttpResults;
using Refit;

namespace Agents.Posts.Configs;

internal static class ConfigsApi
{
    public static void MapConfigs(this IEndpointRouteBuilder routes)
    {
        var config = routes.MapGroup("/agents/{id}/config").WithTags("Agents");

        config.MapGet("/", GetAsync).RequireAuthorization(Policies.SignedIn);
        config.MapPut("/", PutAsync).RequireAuthorization(Policies.Operator);
    }

    private static async Task<Results<Ok<AgentConfigView>, Missing>> GetAsync(
        string id, AgentConfigs configs, IRegistryInternal registry, Caller caller, CancellationToken cancellationToken) =>
        await FindAsync(id, registry, caller, cancellationToken) is { } found
            ? TypedResults.Ok(View(await configs.OfAsync(found, cancellationToken)))
            : new Missing();

    private static async Task<Results<Ok<AgentConfigView>, Missing, Invalid>> PutAsync(
        string id, AgentConfigRequest request, AgentConfigs configs, IRegistryInternal registry, Caller caller, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, registry, caller, cancellationToken) is not { } found)
        {
            return new Missing();
        }

        var (version, overrides) = ((await configs.OfAsync(found, cancellationToken)).Version, request.Tree());
        var problems = new Problems();
        // Only together with the post it shows whether all is there that belongs together.
        if (TemplateJson.Read(EffectiveConfig.Patch(TreeOf(version), overrides), "overrides", problems) is { } together)
        {
            problems.Template(together, "overrides");
        }

        if (problems.Any)
        {
            return new Invalid(problems.ToErrors());
        }

        var written = JsonSerializer.SerializeToElement(overrides, WireJson.Options);
        try
        {
            await registry.ChangeOverridesAsync(id, new(caller.Id, written, (int?)overrides["concurrency"]), caller.Address, cancellationToken);
        }
        catch (ApiException e) when (e.StatusCode is HttpStatusCode.NotFound)
        {
            return new Missing();
        }

        return TypedResults.Ok(View(await configs.OfAsync(found with { Overrides = written }, cancellationToken)));
    }

    private static async Task<AgentOverrides?> FindAsync(string id, IRegistryInternal registry, Caller caller, CancellationToken cancellationToken)
    {
        try
        {
            var found = await registry.GetOverridesAsync(id, cancellationToken);
            return found.Agent.IsSeenBy(caller) ? found : null;
        }
        catch (ApiException e) when (e.StatusCode is HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private static JsonObject TreeOf(PostVersion? version) => version is null ? [] : (JsonObject)JsonNode.Parse(version.Template)!;

    private static AgentConfigView View(AgentConfig config) => new(
        config.Of.Agent.PostId, config.Version?.Number, config.Revision, config.Of.Overrides, config.Config.Tree.Deserialize<PostTemplate>(WireJson.Options)!,
        config.Config.Sources, config.Of.Held, !config.IsHeld);
}
