using System.Net;
using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Posts;
using Agents.Contracts.Registry;
using Agents.Posts.Posts;
using Agents.Posts.Secrets;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Clients;
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
        string id, PostsDb db, IRegistryInternal registry, SecretNames names, Caller caller, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, registry, caller, cancellationToken) is not { } found)
        {
            return new Missing();
        }

        var post = await db.PostOfAsync(found.Agent, cancellationToken);
        return TypedResults.Ok(await ViewAsync(found.Agent, post, found.Overrides, names, cancellationToken));
    }

    private static async Task<Results<Ok<AgentConfigView>, Missing, Invalid>> PutAsync(
        string id, AgentConfigRequest request, PostsDb db, IRegistryInternal registry, SecretNames names, Caller caller, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, registry, caller, cancellationToken) is not { } found)
        {
            return new Missing();
        }

        var (post, overrides) = (await db.PostOfAsync(found.Agent, cancellationToken), request.Tree());
        var problems = new Problems();
        // Only together with the post it shows whether all is there that belongs together.
        if (TemplateJson.Read(EffectiveConfig.Patch(EffectiveConfig.TreeOf(post), overrides), "overrides", problems) is { } together)
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

        return TypedResults.Ok(await ViewAsync(found.Agent, post, written, names, cancellationToken));
    }

    private static async Task<AgentOverrides?> FindAsync(string id, IRegistryInternal registry, Caller caller, CancellationToken cancellationToken) =>
        await registry.GetOverridesAsync(id, cancellationToken).OrNoneAsync() is { } found
        && (caller.IsOperator || found.Agent.Visibility is AgentVisibility.Public || found.Agent.Owner == caller.Id)
            ? found
            : null;

    private static async Task<AgentConfigView> ViewAsync(
        KnownAgent agent, Post? post, JsonElement overrides, SecretNames names, CancellationToken cancellationToken)
    {
        var config = EffectiveConfig.Of(post, overrides);
        var missing = await names.MissingAsync(agent.Id, post?.Id, config, cancellationToken);
        return new(agent.PostId, post?.Version, overrides, config.Tree.Deserialize<PostTemplate>(WireJson.Options)!, config.Sources, missing);
    }
}
