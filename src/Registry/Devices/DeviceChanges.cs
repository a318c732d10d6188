using Agents.Contracts.Realtime;
using Agents.Contracts.Registry;
using Agents.Registry.Changes;
using Agents.ServiceDefaults.Audit;
using Agents.ServiceDefaults.Auth;
using Microsoft.EntityFrameworkCore;

namespace Agents.Registry.Devices;

/// <summary>What an operator does to a device, which answers false where there is none, and what the device says of itself.</summary>
internal sealed class DeviceChanges(RegistryDb db, ChangeFeed feed, ChangeRate rate, TimeProvider time)
{
    public enum Outcome
    {
        Done,
        Missing,
        TooOften,
    }

    public async Task<bool> ChangeAsync(Caller by, string id, ChangeDeviceRequest change, CancellationToken cancellationToken) =>
        await SaveAsync(by, id, "device.changed", device =>
        {
            device.Labels = change.Labels is { } labels ? Labels.Write(labels) : device.Labels;
            device.Pool = change.Pool ?? device.Pool;
            device.Concurrency = change.Concurrency ?? device.Concurrency;
        }, cancellationToken) is Outcome.Done;

    /// <summary>What the device says of itself. It says so each time it connects; what is nothing new is written nowhere.</summary>
    public Task<Outcome> UpdateAsync(Caller by, string id, DeviceUpdate update, CancellationToken cancellationToken) =>
        SaveAsync(by, id, "device.updated", device =>
        {
            device.Capabilities = update.Capabilities is { } capabilities ? [.. capabilities.Distinct()] : device.Capabilities;
            device.Labels = Labels.Merge(device.Labels, update.Labels);
            (device.Hostname, device.IpAddress) = (update.Hostname ?? device.Hostname, update.Ip ?? device.IpAddress);
            (device.Os, device.Arch, device.Version) = (update.Os ?? device.Os, update.Arch ?? device.Arch, update.Version ?? device.Version);
        }, cancellationToken, () => rate.Take(id));

    public async Task<bool> DrainAsync(Caller by, string id, bool drain, CancellationToken cancellationToken) =>
        await SaveAsync(by, id, drain ? "device.drained" : "device.resumed", device => device.Draining = drain, cancellationToken) is Outcome.Done;

    /// <summary>Its token is dead at once; its agents stay, without a device.</summary>
    public async Task<bool> DeleteAsync(Caller by, string id, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await LockAsync(id, cancellationToken) is not { } device)
        {
            return false;
        }

        var agents = await db.Agents.FromSql($"SELECT * FROM agents WHERE device_id = {id} ORDER BY id FOR UPDATE").ToListAsync(cancellationToken);
        foreach (var agent in agents)
        {
            (agent.DeviceId, agent.UpdatedAt) = (null, time.GetUtcNow());
        }

        await db.Presence.Where(p => p.Kind == PresenceKind.Device && p.Id == id).ExecuteDeleteAsync(cancellationToken);
        device.KeyId = null;
        await db.SignsWithAsync(device, null, time.GetUtcNow(), cancellationToken);
        db.AuditOutbox.Add(AuditEntry.Of(by, time, "device.deleted", id, detail: device.Hostname));
        // EF writes the agents before the device that they point to goes.
        db.Devices.Remove(device);
        await feed.SaveAsync(
            [
                .. agents.Select(a => new Told(ChangeKind.AgentSaved, a.Id)),
                new(ChangeKind.DeviceTokenEnded, id, await db.NextTokenVersionAsync(cancellationToken)),
                new(ChangeKind.DeviceSaved, id),
            ],
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <param name="may">Asked only where there is something new, which is kept for ever in the audit.</param>
    private async Task<Outcome> SaveAsync(
        Caller by, string id, string action, Action<Device> change, CancellationToken cancellationToken, Func<bool>? may = null)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await LockAsync(id, cancellationToken) is not { } device)
        {
            return Outcome.Missing;
        }

        change(device);
        db.ChangeTracker.DetectChanges();
        if (db.Entry(device).State is EntityState.Unchanged)
        {
            return Outcome.Done;
        }

        if (may?.Invoke() is false)
        {
            return Outcome.TooOften;
        }

        device.UpdatedAt = time.GetUtcNow();
        db.AuditOutbox.Add(AuditEntry.Of(by, time, action, id));
        await feed.SaveAsync([new(ChangeKind.DeviceSaved, id)], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Outcome.Done;
    }

    private async Task<Device?> LockAsync(string id, CancellationToken cancellationToken) =>
        (await db.Devices.FromSql($"SELECT * FROM devices WHERE id = {id} FOR UPDATE").ToListAsync(cancellationToken)).SingleOrDefault();
}
