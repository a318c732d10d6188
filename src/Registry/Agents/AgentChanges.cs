using System.Text.Json.Nodes;
using Agents.Contracts;
using Agents.Contracts.Registry;
using Agents.Registry.Changes;
using Agents.ServiceDefaults.Audit;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Data;
using Agents.ServiceDefaults.Posts;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Agents.Registry.Agents;

/// <summary>What an operator does to agents.</summary>
internal sealed class AgentChanges(RegistryDb db, ChangeFeed feed, AgentTokens tokens, KnownPosts posts, TimeProvider time)
{
    public enum Outcome
    {
        Done,
        Missing,
        NoSuchDevice,
        NoSuchPost,
        DeviceFull,
        IdTaken,
    }

    public async Task<(Outcome Outcome, string Id)> CreateAsync(Caller by, CreateAgentRequest request, CancellationToken cancellationToken)
    {
        if (NullIfEmpty(request.PostId) is { } post && !await posts.KnowsAsync(post, cancellationToken))
        {
            return (Outcome.NoSuchPost, "");
        }

        // The idempotent answer's, where there is one.
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancellationToken) : null;
        if (NullIfEmpty(request.DeviceId) is { } device && !await db.HasRoomAsync(device, cancellationToken))
        {
            return (Outcome.DeviceFull, "");
        }

        var now = time.GetUtcNow();
        var agent = new Agent
        {
            Id = request.Id ?? Ids.New(time),
            Name = request.Name,
            Type = request.Type is { Length: > 0 } type ? type : Agent.DefaultType,
            Role = request.Role ?? "",
            Capabilities = [.. request.Capabilities?.Distinct() ?? []],
            Tags = [.. request.Tags?.Distinct() ?? []],
            Concurrency = request.Concurrency ?? Agent.DefaultConcurrency,
            Labels = Labels.Write(request.Labels),
            Pool = request.Pool ?? "",
            Meta = request.Meta is { } meta ? Written(meta) : Agent.NoMeta,
            Visibility = request.Visibility ?? AgentVisibility.Public,
            Owner = by.Id,
            DeviceId = NullIfEmpty(request.DeviceId),
            PostId = NullIfEmpty(request.PostId),
            TokenHash = request.Token is { } token ? tokens.HashOf(token) : null,
            TokenVersion = request.Token is null ? 0 : await db.NextTokenVersionAsync(cancellationToken),
            CreatedAt = now,
            UpdatedAt = now,
        };
        db.Agents.Add(agent);
        db.AuditOutbox.Add(AuditEntry.Of(by, time, "agent.created", agent.Id));
        var outcome = await SaveAsync([new(ChangeKind.AgentSaved, agent.Id)], cancellationToken);
        if (outcome is Outcome.Done && own is not null)
        {
            await own.CommitAsync(cancellationToken);
        }

        return (outcome, agent.Id);
    }

    public async Task<Outcome> ChangeAsync(Caller by, string id, ChangeAgentRequest change, CancellationToken cancellationToken)
    {
        if (NullIfEmpty(change.PostId) is { } post && !await posts.KnowsAsync(post, cancellationToken))
        {
            return Outcome.NoSuchPost;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if ((await db.Agents.FromSql($"SELECT * FROM agents WHERE id = {id} FOR UPDATE").ToListAsync(cancellationToken)) is not [{ } agent])
        {
            return Outcome.Missing;
        }

        // After the agent's row, as a registration takes them.
        if (NullIfEmpty(change.DeviceId) is { } device && device != agent.DeviceId && !await db.HasRoomAsync(device, cancellationToken))
        {
            return Outcome.DeviceFull;
        }

        Apply(agent, change);
        List<Told> told = [new(ChangeKind.AgentSaved, id)];
        if (change.Token is { } token && tokens.HashOf(token) is var hash && !hash.AsSpan().SequenceEqual(agent.TokenHash))
        {
            (agent.TokenHash, agent.TokenVersion) = (hash, await db.NextTokenVersionAsync(cancellationToken));
            told.Add(new(ChangeKind.AgentTokenEnded, id, agent.TokenVersion));
        }

        agent.UpdatedAt = time.GetUtcNow();
        db.AuditOutbox.Add(AuditEntry.Of(by, time, "agent.changed", id));
        var outcome = await SaveAsync(told, cancellationToken);
        if (outcome is Outcome.Done)
        {
            await transaction.CommitAsync(cancellationToken);
        }

        return outcome;
    }

    public async Task<Outcome> DeleteAsync(Caller by, string id, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.Agents.Where(a => a.Id == id).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return Outcome.Missing;
        }

        await db.Presence.Where(p => p.Kind == PresenceKind.Agent && p.Id == id).ExecuteDeleteAsync(cancellationToken);
        db.AuditOutbox.Add(AuditEntry.Of(by, time, "agent.deleted", id));
        await feed.SaveAsync(
            [new(ChangeKind.AgentDeleted, id), new(ChangeKind.AgentTokenEnded, id, await db.NextTokenVersionAsync(cancellationToken))], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Outcome.Done;
    }

    private static void Apply(Agent agent, ChangeAgentRequest change)
    {
        agent.Name = change.Name ?? agent.Name;
        agent.Type = change.Type is { Length: > 0 } type ? type : agent.Type;
        agent.Role = change.Role ?? agent.Role;
        agent.Capabilities = change.Capabilities is { } capabilities ? [.. capabilities.Distinct()] : agent.Capabilities;
        agent.Tags = change.Tags is { } tags ? [.. tags.Distinct()] : agent.Tags;
        agent.Concurrency = change.Concurrency ?? agent.Concurrency;
        agent.Labels = change.Labels is { } labels ? Labels.Write(labels) : agent.Labels;
        agent.Pool = change.Pool ?? agent.Pool;
        agent.Meta = change.Meta is { } meta ? Written(meta) : agent.Meta;
        agent.Visibility = change.Visibility ?? agent.Visibility;
        agent.DeviceId = change.DeviceId is { } device ? NullIfEmpty(device) : agent.DeviceId;
        agent.PostId = change.PostId is { } post ? NullIfEmpty(post) : agent.PostId;
    }

    private async Task<Outcome> SaveAsync(IReadOnlyCollection<Told> told, CancellationToken cancellationToken)
    {
        try
        {
            await feed.SaveAsync(told, cancellationToken);
            return Outcome.Done;
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation })
        {
            return Outcome.NoSuchDevice;
        }
        catch (DbUpdateException e) when (e.IsUniqueViolation())
        {
            return Outcome.IdTaken;
        }
    }

    private static string Written(JsonObject meta) => meta.ToJsonString(WireJson.Options);

    private static string? NullIfEmpty(string? id) => string.IsNullOrEmpty(id) ? null : id;
}
