using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Contracts;
using Agents.Contracts.Posts;
using Agents.Contracts.Registry;
using Agents.Posts.Posts;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
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
        string id, PostsDb db, IRegistryInternal registry, Caller caller, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, registry, caller, cancellationToken) is not { } found)
        {
            return new Missing();
        }

        var post = await PostOfAsync(found.Agent, db, cancellationToken);
        return TypedResults.Ok(View(found.Agent, post, found.Overrides));
    }

    private static async Task<Results<Ok<AgentConfigView>, Missing, Invalid>> PutAsync(
        string id, AgentConfigRequest request, PostsDb db, IRegistryInternal registry, Caller caller, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, registry, caller, cancellationToken) is not { } found)
        {
            return new Missing();
        }

        var (post, overrides) = (await PostOfAsync(found.Agent, db, cancellationToken), request.Tree());
        var problems = new Problems();
        // Only together with the post it shows whether all is there that belongs together.
        if (TemplateJson.Read(EffectiveConfig.Patch(TreeOf(post), overrides), "overrides", problems) is { } together)
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
            await registry.ChangeOverridesAsync(id, new(caller.Id, written, (int?)overrides["concurrency"], Budget.OwnOf(overrides)), caller.Address, cancellationToken);
        }
        catch (ApiException e) when (e.StatusCode is HttpStatusCode.NotFound)
        {
            return new Missing();
        }

        return TypedResults.Ok(View(found.Agent, post, written));
    }

    private static async Task<AgentOverrides?> FindAsync(string id, IRegistryInternal registry, Caller caller, CancellationToken cancellationToken)
    {
        try
        {
            var found = await registry.GetOverridesAsync(id, cancellationToken);
            return caller.IsOperator || found.Agent.Visibility is AgentVisibility.Public || found.Agent.Owner == caller.Id ? found : null;
        }
        catch (ApiException e) when (e.StatusCode is HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private static async Task<Post?> PostOfAsync(KnownAgent agent, PostsDb db, CancellationToken cancellationToken) =>
        agent.PostId is { } id ? await db.Posts.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, cancellationToken) : null;

    private static JsonObject TreeOf(Post? post) => post is null ? [] : (JsonObject)JsonNode.Parse(post.Template)!;

    private static AgentConfigView View(KnownAgent agent, Post? post, JsonElement overrides)
    {
        var config = EffectiveConfig.Of(TreeOf(post), TemplateJson.Tree(overrides) as JsonObject ?? []);
        return new(agent.PostId, post?.Version, overrides, config.Tree.Deserialize<PostTemplate>(WireJson.Options)!, config.Sources);
    }
}
