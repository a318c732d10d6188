using Agents.Contracts.Posts;
using Agents.Contracts.Registry;
using Agents.ServiceDefaults.Clients;
using Agents.Posts.Configs;
using Agents.Posts.Posts;
using Agents.ServiceDefaults.Audit;
using Agents.ServiceDefaults.Auth;
using Microsoft.EntityFrameworkCore;

namespace Agents.Posts.Secrets;

/// <summary>Gives out the secrets of an agent's configuration, and writes down that it did before anybody has them.</summary>
internal sealed class Delivery(PostsDb db, IRegistryInternal registry, SecretSeal seal, TimeProvider time)
{
    /// <summary>Null where the agent is gone.</summary>
    public async Task<TaskSecrets?> ToAsync(Caller holder, Guid task, int attempt, string agentId, CancellationToken cancellationToken)
    {
        if (await registry.GetOverridesAsync(agentId, cancellationToken).OrNoneAsync() is not { } found)
        {
            return null;
        }

        var post = await db.PostOfAsync(found.Agent, cancellationToken);
        var variables = EffectiveConfig.Of(post, found.Overrides).Secrets;
        if (variables.Count == 0)
        {
            return new(variables, []);
        }

        if (await registry.GetSealedSecretsAsync(agentId, cancellationToken).OrNoneAsync() is not { } own)
        {
            return null;
        }

        var names = variables.Values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var given = Chosen(agentId, own.Items, post?.Id, await OfPostAsync(post?.Id, names, cancellationToken), names);
        var values = given.ToDictionary(secret => secret.Name, secret => seal.Open(secret.Scope, secret.Name, secret.Key, secret.Value), StringComparer.Ordinal);
        if (given.Count > 0)
        {
            db.AuditOutbox.Add(AuditEntry.Of(holder, time, "secrets.delivered", task.ToString(), detail: Told(attempt, agentId, given)));
            await db.SaveChangesAsync(cancellationToken);
        }

        return new(
            variables.Where(variable => values.ContainsKey(variable.Value)).ToDictionary(variable => variable.Key, variable => values[variable.Value]),
            [.. names.Where(name => !values.ContainsKey(name))]);
    }

    /// <summary>The agent's own goes before its post's. Pure.</summary>
    internal static List<Stored> Chosen(
        string agentId, IReadOnlyList<SealedSecret> own, string? postId, IReadOnlyList<SealedSecret> ofPost, IEnumerable<string> names) =>
        [.. names.Select(name => Of(SecretScope.OfAgent(agentId), own, name) ?? (postId is null ? null : Of(SecretScope.OfPost(postId), ofPost, name))).OfType<Stored>()];

    private static Stored? Of(SecretScope scope, IReadOnlyList<SealedSecret> secrets, string name) =>
        secrets.FirstOrDefault(secret => secret.Name == name) is { } secret ? new(scope, name, secret.Version, secret.Key, secret.Value) : null;

    private static string Told(int attempt, string agentId, IEnumerable<Stored> given) =>
        $"attempt {attempt}, agent {agentId}: {string.Join(", ", given.Select(secret => $"{secret.Name} of the {secret.Scope.Kind}, version {secret.Version}"))}";

    private async Task<IReadOnlyList<SealedSecret>> OfPostAsync(string? postId, List<string> names, CancellationToken cancellationToken) =>
        postId is null
            ? []
            : await db.Secrets.AsNoTracking().Where(s => s.PostId == postId && names.Contains(s.Name))
                .Select(s => new SealedSecret(s.Name, s.Version, s.WrappedKey, s.Sealed)).ToListAsync(cancellationToken);

    /// <summary>A secret that is to be given out, still sealed.</summary>
    internal sealed record Stored(SecretScope Scope, string Name, int Version, byte[] Key, byte[] Value);
}
