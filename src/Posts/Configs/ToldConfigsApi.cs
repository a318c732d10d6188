using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Posts;
using Agents.Contracts.Realtime;
using Agents.Contracts.Registry;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Agents.Posts.Configs;

/// <summary>What agents are to be, for the service that tells their devices.</summary>
internal static class ToldConfigsApi
{
    public static void MapInternalConfigs(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/internal/configs", GetAsync).RequireAuthorization(Policies.Service);

    private static async Task<Results<Ok<ToldConfigs>, Invalid>> GetAsync(
        AgentIds agents, AgentConfigs configs, IRegistryInternal registry, CancellationToken cancellationToken)
    {
        if (agents.Ids is not { Count: <= AgentIds.Most })
        {
            return new Invalid("ids", $"must be at most {AgentIds.Most}");
        }

        var found = (await registry.GetManyOverridesAsync(agents, cancellationToken)).Items;
        List<AgentOverrides> meant = [.. found.Where(agent => agent.Agent.PostId is not null || agent.Overrides.EnumerateObject().Any())];
        return TypedResults.Ok(new ToldConfigs([.. (await configs.OfAsync(meant, cancellationToken)).Select(Told)]));
    }

    private static AgentConfigTold Told(AgentConfig config)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(config.Config.Tree, WireJson.Options);
        return new(
            config.Of.Agent.Id, config.Of.Agent.PostId, config.Version?.Number, config.Revision,
            json.Length <= AgentConfigTold.MaxBytesInFrame ? JsonElement.Parse(json) : null);
    }
}
