using Agents.Contracts.Posts;
using Agents.Contracts.Registry;
using Agents.Posts.Configs;
using Agents.ServiceDefaults.Audit;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Clients;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Agents.Posts.Secrets;

/// <summary>Gives out the secrets of an agent's configuration, and writes down that it did before anybody has them. All of them or none.</summary>
internal sealed partial class Delivery(PostsDb db, AgentConfigs configs, IRegistryInternal registry, SecretSeal seal, TimeProvider time, ILogger<Delivery> log)
{
    public async Task<Results<Ok<TaskSecrets>, Missing, Invalid, WrongState, Broken>> ToAsync(
        Caller holder, Guid task, int attempt, string agentId, CancellationToken cancellationToken)
    {
        if (await registry.GetOverridesAsync(agentId, cancellationToken).OrNoneAsync() is not { } found)
        {
            return new Missing();
        }

        var config = await configs.OfAsync(found, cancellationToken);
        var (postId, variables) = (config.Version?.PostId, config.Config.Secrets);
        if (variables.Count == 0)
        {
            return TypedResults.Ok(new TaskSecrets(variables));
        }

        if (await registry.GetSealedSecretsAsync(agentId, cancellationToken).OrNoneAsync() is not { } own)
        {
            return new Missing();
        }

        var names = variables.Values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var given = Chosen(agentId, own.Items, postId, await OfPostAsync(postId, names, cancellationToken), names);
        if (names.Except(given.Select(secret => secret.Name)).ToList() is { Count: > 0 } missing)
        {
            // A program that runs without its token fails later, and where nobody sees why.
            return new WrongState(Lacking(agentId, postId, missing));
        }

        try
        {
            var values = given.ToDictionary(secret => secret.Name, secret => seal.Open(secret.Scope, secret.Name, secret.Key, secret.Value), StringComparer.Ordinal);
            db.AuditOutbox.Add(AuditEntry.Of(holder, time, "secrets.delivered", task.ToString(), detail: Told(attempt, agentId, given)));
            await db.SaveChangesAsync(cancellationToken);
            return TypedResults.Ok(new TaskSecrets(variables.ToDictionary(variable => variable.Key, variable => values[variable.Value])));
        }
        catch (SecretStaysShut e)
        {
            Log.Shut(log, task, attempt, e);
            return new Broken(e.Message);
        }
    }

    /// <summary>The agent's own goes before its post's. Pure.</summary>
    internal static List<Stored> Chosen(
        string agentId, IReadOnlyList<SealedSecret> own, string? postId, IReadOnlyList<SealedSecret> ofPost, IEnumerable<string> names) =>
        [.. names.Select(name => Of(SecretScope.OfAgent(agentId), own, name) ?? (postId is null ? null : Of(SecretScope.OfPost(postId), ofPost, name))).OfType<Stored>()];

    private static Stored? Of(SecretScope scope, IReadOnlyList<SealedSecret> secrets, string name) =>
        secrets.FirstOrDefault(secret => secret.Name == name) is { } secret ? new(scope, name, secret.Version, secret.Key, secret.Value) : null;

    /// <summary>Names, and whose they might be. Pure.</summary>
    internal static string Lacking(string agentId, string? postId, IReadOnlyList<string> missing) =>
        $"The agent {agentId} needs secrets that nobody has written, for it{(postId is null ? "" : $" or its post {postId}")}: {string.Join(", ", missing)}.";

    private static string Told(int attempt, string agentId, IEnumerable<Stored> given) =>
        $"attempt {attempt}, agent {agentId}: {string.Join(", ", given.Select(secret => $"{secret.Name} of the {secret.Scope.Kind}, version {secret.Version}"))}";

    private async Task<IReadOnlyList<SealedSecret>> OfPostAsync(string? postId, List<string> names, CancellationToken cancellationToken) =>
        postId is null
            ? []
            : await db.Secrets.AsNoTracking().Where(s => s.PostId == postId && names.Contains(s.Name))
                .Select(s => new SealedSecret(s.Name, s.Version, s.WrappedKey, s.Sealed)).ToListAsync(cancellationToken);

    /// <summary>A secret that is to be given out, still sealed.</summary>
    internal sealed record Stored(SecretScope Scope, string Name, int Version, byte[] Key, byte[] Value);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Attempt {Attempt} of the task {Task} got no secrets")]
        public static partial void Shut(ILogger log, Guid task, int attempt, Exception exception);
    }
}
