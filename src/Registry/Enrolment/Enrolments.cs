using System.Security.Cryptography;
using Agents.Contracts.Registry;
using Agents.Registry.Changes;
using Agents.Registry.Devices;
using Agents.ServiceDefaults.Audit;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Data;
using Agents.ServiceDefaults.Secrets;
using Microsoft.EntityFrameworkCore;
using static Agents.Registry.Enrolment.EnrolmentRules;

namespace Agents.Registry.Enrolment;

/// <summary>Lets a device in, or says why not.</summary>
internal sealed class Enrolments(RegistryDb db, ChangeFeed feed, DeviceTokens tokens, TimeProvider time)
{
    /// <param name="key">A SubjectPublicKeyInfo, where the device has a key.</param>
    /// <returns>The device's token where it was let in; a null verdict for a token that there is not.</returns>
    public async Task<(Verdict? Verdict, string? Token)> RegisterAsync(
        RegisterDeviceRequest request, byte[]? key, Caller caller, CancellationToken cancellationToken)
    {
        var by = caller with { Id = request.DeviceId };
        var keyId = key is null ? null : DevicePublicKey.KeyIdOf(key);
        var hash = Opaque.Hash(request.Token);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Two who come with one token go one after the other.
        var found = await db.EnrolmentTokens.FromSql($"SELECT * FROM enrolment_tokens WHERE hash = {hash} FOR UPDATE").ToListAsync(cancellationToken);
        if (found is not [{ } enrolment])
        {
            return (null, null);
        }

        var now = time.GetUtcNow();
        var token = tokens.Of(enrolment);
        var device = (await db.Devices.FromSql($"SELECT * FROM devices WHERE id = {request.DeviceId} FOR UPDATE").ToListAsync(cancellationToken)).SingleOrDefault();
        var holdsIt = device is not null && CryptographicOperations.FixedTimeEquals(device.TokenHash, Opaque.Hash(token));
        var verdict = Judge(enrolment, request.DeviceId, keyId, device is not null, holdsIt, now);
        switch (verdict)
        {
            case Verdict.Repeat:
                return (verdict, token);
            case Verdict.Enrol or Verdict.EnrolAgain:
                (enrolment.UsedAt, enrolment.UsedBy, enrolment.UsedKeyId) = (now, request.DeviceId, keyId);
                device = await WriteAsync(device, request, enrolment, token, key, caller.Address, cancellationToken);
                db.AuditOutbox.Add(AuditEntry.Of(by, time, verdict is Verdict.Enrol ? "device.enrolled" : "device.enrolled_again", request.DeviceId, detail: $"token of {enrolment.Owner}"));
                if (!await TrySaveAsync(device, verdict is Verdict.EnrolAgain, cancellationToken))
                {
                    // Another token enrolled this id between the look and the insert. Its key must not become that one's.
                    await transaction.RollbackAsync(cancellationToken);
                    db.ChangeTracker.Clear();
                    await RefuseAsync(by, request.DeviceId, Verdict.Ghost, cancellationToken);
                    return (Verdict.Ghost, null);
                }

                await transaction.CommitAsync(cancellationToken);
                return (verdict, token);
            default:
                await RefuseAsync(by, request.DeviceId, verdict, cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                return (verdict, null);
        }
    }

    private async Task RefuseAsync(Caller by, string deviceId, Verdict verdict, CancellationToken cancellationToken)
    {
        db.AuditOutbox.Add(AuditEntry.Of(by, time, "device.refused", deviceId, "refused", verdict.ToString()));
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task<Device> WriteAsync(
        Device? device, RegisterDeviceRequest request, EnrolmentEntry enrolment, string token, byte[]? key, string address,
        CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (device is null)
        {
            device = new()
            {
                Id = request.DeviceId,
                Owner = enrolment.Owner,
                IpAddress = "",
                Hostname = "",
                Os = "",
                Arch = "",
                Version = "",
                Capabilities = [],
                TokenHash = [],
                TokenVersion = 0,
                CreatedAt = now,
                UpdatedAt = now,
            };
            db.Devices.Add(device);
        }

        (device.TokenHash, device.TokenVersion, device.UpdatedAt) = (Opaque.Hash(token), await db.NextTokenVersionAsync(cancellationToken), now);
        device.KeyId = key is null ? null : DevicePublicKey.KeyIdOf(key);
        (device.Hostname, device.IpAddress) = (request.Hostname, request.Ip ?? address);
        (device.Os, device.Arch, device.Version) = (request.Os ?? device.Os, request.Arch ?? device.Arch, request.Version ?? device.Version);
        device.Capabilities = [.. request.Capabilities?.Distinct() ?? device.Capabilities];
        // Beside those that an operator gave it.
        device.Labels = Labels.Merge(device.Labels, request.Labels);
        device.Concurrency = request.Concurrency ?? device.Concurrency;
        await db.SignsWithAsync(device, key, now, cancellationToken);
        return device;
    }

    private async Task<bool> TrySaveAsync(Device device, bool again, CancellationToken cancellationToken)
    {
        try
        {
            var saved = new Told(ChangeKind.DeviceSaved, device.Id);
            await feed.SaveAsync(again ? [new(ChangeKind.DeviceTokenEnded, device.Id, device.TokenVersion), saved] : [saved], cancellationToken);
            return true;
        }
        catch (DbUpdateException e) when (e.IsUniqueViolation())
        {
            return false;
        }
    }
}
