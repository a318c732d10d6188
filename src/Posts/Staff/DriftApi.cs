using Agents.Contracts;
using Agents.Contracts.Posts;
using Agents.Contracts.Registry;
using Agents.Posts.Configs;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Agents.Posts.Staff;

/// <summary>The agents of a post, and which of them are not yet what they are to be.</summary>
internal static class DriftApi
{
    public static void MapDrift(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/posts/{id}/agents", ListAsync).WithTags("Posts").RequireAuthorization(Policies.SignedIn);

    private static async Task<Results<Ok<ListOf<PostAgentView>>, Missing>> ListAsync(
        string id, PostsDb db, AgentConfigs configs, IRegistryInternal registry, Caller caller, CancellationToken cancellationToken, bool? drift = null,
        int page = 1, [FromQuery(Name = "page_size")] int pageSize = Paging.DefaultSize)
    {
        var paging = new Paging(page, pageSize);
        if (!await db.Posts.AnyAsync(p => p.Id == id, cancellationToken))
        {
            return new Missing();
        }

        var seen = (await registry.AllStaffAsync(id, cancellationToken)).FindAll(agent => agent.Agent.IsSeenBy(caller));
        List<PostAgentView> agents =
        [
            .. (await configs.OfAsync(seen, cancellationToken)).Select(View).Where(agent => drift is null || agent.Drift == drift)
                .OrderBy(agent => agent.Name, StringComparer.Ordinal).ThenBy(agent => agent.Id, StringComparer.Ordinal),
        ];
        return TypedResults.Ok(ListOf<PostAgentView>.Capped([.. agents.Skip(paging.Skip).Take(paging.Size)], agents.Count));
    }

    private static PostAgentView View(AgentConfig config)
    {
        var (agent, held) = (config.Of.Agent, config.Of.Held);
        return new(
            agent.Id, agent.Name, agent.DeviceId, config.Of.Online is true, config.Version?.Number ?? 0, config.Revision, held?.Version, held?.Revision, held?.At,
            !config.IsHeld);
    }
}
