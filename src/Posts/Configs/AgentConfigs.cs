using System.Data;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Agents.Contracts.Posts;
using Agents.Contracts.Registry;
using Agents.Posts.Versions;
using Microsoft.EntityFrameworkCore;

namespace Agents.Posts.Configs;

/// <summary>What an agent is to be, by the version of its post that it follows.</summary>
/// <param name="Version">None where it has no post.</param>
/// <param name="Revision">Another one whenever anything is otherwise.</param>
internal sealed record AgentConfig(AgentOverrides Of, PostVersion? Version, EffectiveConfig Config, string Revision)
{
    /// <summary>Its device has said that the agent is what it is to be.</summary>
    public bool IsHeld => Of.Held?.Revision == Revision;
}

/// <summary>Which version of its post each agent follows, and what that makes of it.</summary>
internal sealed class AgentConfigs(PostsDb db)
{
    public async Task<IReadOnlyList<AgentConfig>> OfAsync(IReadOnlyList<AgentOverrides> agents, CancellationToken cancellationToken)
    {
        var versions = await VersionsAsync(agents, cancellationToken);
        // Most agents of a post have nothing of their own, and are all the same.
        Dictionary<(string Post, int Version, int Concurrency), (EffectiveConfig Config, string Revision)> plain = [];
        return [.. agents.Select(agent => Of(agent, versions.GetValueOrDefault(agent.Agent.Id), plain))];
    }

    public async Task<AgentConfig> OfAsync(AgentOverrides agent, CancellationToken cancellationToken) => (await OfAsync([agent], cancellationToken))[0];

    private static AgentConfig Of(AgentOverrides agent, PostVersion? version, Dictionary<(string Post, int Version, int Concurrency), (EffectiveConfig Config, string Revision)> plain)
    {
        var overrides = TemplateJson.Tree(agent.Overrides) as JsonObject ?? [];
        if (version is null || overrides.Count > 0)
        {
            var (config, revision) = Make(version, overrides, agent.Agent.Concurrency);
            return new(agent, version, config, revision);
        }

        var kind = (version.PostId, version.Number, agent.Agent.Concurrency);
        if (!plain.TryGetValue(kind, out var made))
        {
            plain[kind] = made = Make(version, overrides, agent.Agent.Concurrency);
        }

        return new(agent, version, made.Config, made.Revision);
    }

    private static (EffectiveConfig Config, string Revision) Make(PostVersion? version, JsonObject overrides, int concurrency)
    {
        var config = EffectiveConfig.Of(EffectiveConfig.TreeOf(version), overrides).WithConcurrency(concurrency);
        var whole = Encoding.UTF8.GetBytes($"{version?.PostId}\n{version?.Number}\n{config.Tree.ToJsonString()}");
        return (config, Convert.ToHexStringLower(SHA256.HashData(whole).AsSpan(0, 16)));
    }

    /// <summary>By the agents' ids.</summary>
    private async Task<Dictionary<string, PostVersion>> VersionsAsync(IReadOnlyList<AgentOverrides> agents, CancellationToken cancellationToken)
    {
        List<KnownAgent> staff = [.. agents.Select(agent => agent.Agent).Where(agent => agent.PostId is not null)];
        if (staff.Count == 0)
        {
            return [];
        }

        List<string> posts = [.. staff.Select(agent => agent.PostId!).Distinct()];
        List<string> ids = [.. staff.Select(agent => agent.Id)];
        // As of one moment: a roll-out that ends between two questions would show its agents the old version once more.
        await using var moment = db.Database.CurrentTransaction is null
            ? await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken)
            : null;
        var released = await db.Posts.Where(p => posts.Contains(p.Id)).Select(p => new { p.Id, p.Released }).ToDictionaryAsync(p => p.Id, p => p.Released, cancellationToken);
        var given = await db.Rollouts.Where(r => posts.Contains(r.PostId) && r.State == RolloutState.Running)
            .Join(db.RolloutAgents.Where(a => ids.Contains(a.AgentId)), r => r.Id, a => a.RolloutId, (r, a) => new { r.PostId, a.AgentId, r.To })
            .ToDictionaryAsync(row => (row.PostId, row.AgentId), row => row.To, cancellationToken);
        var followed = staff.Where(agent => released.ContainsKey(agent.PostId!))
            .ToDictionary(agent => agent.Id, agent => (Post: agent.PostId!, Number: given.GetValueOrDefault((agent.PostId!, agent.Id), released[agent.PostId!])));
        List<int> numbers = [.. followed.Values.Select(version => version.Number).Distinct()];
        var versions = await db.Versions.AsNoTracking().Where(v => posts.Contains(v.PostId) && numbers.Contains(v.Number))
            .ToDictionaryAsync(v => (v.PostId, v.Number), cancellationToken);
        return followed.Where(agent => versions.ContainsKey(agent.Value)).ToDictionary(agent => agent.Key, agent => versions[agent.Value]);
    }
}
