using Agents.Contracts.Registry;
using Agents.Registry.Changes;
using Agents.Registry.Devices;
using Agents.ServiceDefaults.Audit;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Data;
using Agents.ServiceDefaults.Devices;
using Microsoft.EntityFrameworkCore;

namespace Agents.Registry.Agents;

/// <summary>A device announces an agent of its own: made where nobody knew it, else brought up to date.</summary>
internal sealed class AgentRegistration(RegistryDb db, ChangeFeed feed, MessageSignatures signatures, ChangeRate rate, TimeProvider time)
{
    public enum Outcome
    {
        Done,

        /// <summary>The id is an agent of another device.</summary>
        Others,

        /// <summary>There is no such device any more.</summary>
        NoDevice,

        BadSignature,

        /// <summary>The device carries as many as a device may.</summary>
        TooMany,

        TooOften,
    }

    /// <param name="signature">Null where who passes it on has checked it.</param>
    public async Task<(Outcome Outcome, Agent? Agent)> RegisterAsync(
        Caller by, string deviceId, RegisterAgentRequest request, MessageSignature? signature, CancellationToken cancellationToken)
    {
        try
        {
            return await TryAsync(by, deviceId, request, signature, cancellationToken);
        }
        catch (DbUpdateException e) when (e.IsUniqueViolation())
        {
            // Somebody made it between the look and the insert, so now there is one to look at. Nothing of the first try was kept.
            db.ChangeTracker.Clear();
            return await TryAsync(by, deviceId, request, signature, cancellationToken);
        }
    }

    private async Task<(Outcome Outcome, Agent? Agent)> TryAsync(
        Caller by, string deviceId, RegisterAgentRequest request, MessageSignature? signature, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Shared, so that the device can't be deleted meanwhile and its agents still don't wait for each other.
        var devices = await db.Devices.FromSql($"SELECT * FROM devices WHERE id = {deviceId} FOR KEY SHARE").AsNoTracking().ToListAsync(cancellationToken);
        if (devices is not [{ } device])
        {
            return (Outcome.NoDevice, null);
        }

        if (signature is not null && !await signatures.AcceptAsync(device, signature, cancellationToken))
        {
            return (Outcome.BadSignature, null);
        }

        var agent = (await db.Agents.FromSql($"SELECT * FROM agents WHERE id = {request.Id} FOR UPDATE").ToListAsync(cancellationToken)).SingleOrDefault();
        if (agent is not null && !IsItsOwn(agent, device))
        {
            return (Outcome.Others, null);
        }

        var made = agent is null;
        if (agent?.DeviceId != deviceId && !await db.HasRoomAsync(deviceId, cancellationToken))
        {
            return (Outcome.TooMany, null);
        }

        agent ??= db.Agents.Add(New(request.Id, device)).Entity;
        Apply(agent, deviceId, request);
        if (!await TrySaveAsync(by, agent, made, cancellationToken))
        {
            return (Outcome.TooOften, null);
        }

        await transaction.CommitAsync(cancellationToken);
        return (Outcome.Done, agent);
    }

    /// <summary>One without a device is taken in by a device of the same owner: a machine that was enrolled anew finds its agents again.</summary>
    private static bool IsItsOwn(Agent agent, Device device) =>
        agent.DeviceId == device.Id || (agent.DeviceId is null && agent.Owner is not null && agent.Owner == device.Owner);

    private Agent New(string id, Device device) => new()
    {
        Id = id,
        Name = id,
        Type = Agent.DefaultType,
        Role = "",
        Capabilities = [],
        Tags = [],
        Concurrency = Agent.DefaultConcurrency,
        Visibility = AgentVisibility.Public,
        Owner = device.Owner,
        CreatedAt = time.GetUtcNow(),
        UpdatedAt = time.GetUtcNow(),
    };

    private static void Apply(Agent agent, string deviceId, RegisterAgentRequest request)
    {
        agent.DeviceId = deviceId;
        agent.Name = request.Name is { Length: > 0 } name ? name : agent.Name;
        agent.Role = request.Role ?? agent.Role;
        agent.Type = request.Type is { Length: > 0 } type ? type : agent.Type;
        agent.Capabilities = request.Capabilities is { } capabilities ? [.. capabilities.Distinct()] : agent.Capabilities;
        agent.Concurrency = request.Concurrency ?? agent.Concurrency;
    }

    /// <summary>A device announces its agents each time it connects; what says nothing new is written nowhere.</summary>
    private async Task<bool> TrySaveAsync(Caller by, Agent agent, bool made, CancellationToken cancellationToken)
    {
        db.ChangeTracker.DetectChanges();
        if (db.Entry(agent).State is EntityState.Unchanged)
        {
            return true;
        }

        if (!rate.Take(agent.DeviceId!))
        {
            return false;
        }

        agent.UpdatedAt = time.GetUtcNow();
        db.AuditOutbox.Add(AuditEntry.Of(by, time, made ? "agent.registered" : "agent.changed", agent.Id));
        await feed.SaveAsync([new(ChangeKind.AgentSaved, agent.Id)], cancellationToken);
        return true;
    }
}
