using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Posts;
using Agents.Contracts.Realtime;
using Agents.Contracts.Registry;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Agents.Posts.Configs;

/// <summary>What agents are to be, for the service that tells their devices and carries what is said in groups.</summary>
internal static class ToldConfigsApi
{
    public static void MapInternalConfigs(this IEndpointRouteBuilder routes)
    {
        var asked = routes.MapGroup("/internal").RequireAuthorization(Policies.Service);

        asked.MapPost("/configs", GetAsync);
        asked.MapPost("/mentioned", FindMentionWorkersAsync);
    }

    private static async Task<Results<Ok<ToldConfigs>, Invalid>> GetAsync(
        AgentIds agents, AgentConfigs configs, IRegistryInternal registry, CancellationToken cancellationToken) =>
        TooMany(agents) is { } wrong ? wrong : TypedResults.Ok(new ToldConfigs([.. (await OfAsync(agents, configs, registry, cancellationToken)).Select(Told)]));

    private static async Task<Results<Ok<AgentIds>, Invalid>> FindMentionWorkersAsync(
        AgentIds agents, AgentConfigs configs, IRegistryInternal registry, CancellationToken cancellationToken) =>
        TooMany(agents) is { } wrong ? wrong : TypedResults.Ok(new AgentIds(
            [.. (await OfAsync(agents, configs, registry, cancellationToken)).Where(config => config.Config.WorksOnMentions).Select(config => config.Of.Agent.Id)]));

    private static Invalid? TooMany(AgentIds agents) => agents.Ids is { Count: <= AgentIds.Most } ? null : new("ids", $"must be at most {AgentIds.Most}");

    /// <summary>Of those that have a post, or something of their own.</summary>
    private static async Task<IReadOnlyList<AgentConfig>> OfAsync(AgentIds agents, AgentConfigs configs, IRegistryInternal registry, CancellationToken cancellationToken)
    {
        var found = (await registry.GetManyOverridesAsync(agents, cancellationToken)).Items;
        return await configs.OfAsync([.. found.Where(agent => agent.Agent.PostId is not null || agent.Overrides.EnumerateObject().Any())], cancellationToken);
    }

    private static AgentConfigTold Told(AgentConfig config)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(config.Config.Tree, WireJson.Options);
        return new(
            config.Of.Agent.Id, config.Of.Agent.PostId, config.Version?.Number, config.Revision,
            json.Length <= AgentConfigTold.MaxBytesInFrame ? JsonElement.Parse(json) : null);
    }
}
