using Agents.Contracts.Registry;
using Agents.Posts.Configs;
using Agents.ServiceDefaults.Clients;
using Microsoft.EntityFrameworkCore;

namespace Agents.Posts.Secrets;

/// <summary>Which of the secrets that a configuration names there are.</summary>
internal sealed class SecretNames(PostsDb db, IRegistryInternal registry)
{
    /// <summary>In the order of their names; most configurations name none, and nobody is asked.</summary>
    public async Task<IReadOnlyList<string>> MissingAsync(string agentId, string? postId, EffectiveConfig config, CancellationToken cancellationToken)
    {
        var missing = config.Secrets.Values.ToHashSet(StringComparer.Ordinal);
        if (missing.Count > 0 && postId is not null)
        {
            missing.ExceptWith(await db.Secrets.Where(s => s.PostId == postId).Select(s => s.Name).ToListAsync(cancellationToken));
        }

        if (missing.Count > 0)
        {
            var own = await registry.GetSecretsAsync(agentId, cancellationToken).OrNoneAsync();
            missing.ExceptWith((own?.Items ?? []).Select(secret => secret.Name));
        }

        return [.. missing.Order(StringComparer.Ordinal)];
    }
}
