using Agents.Contracts.Registry;
using Agents.Registry.Presence;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Data;
using Microsoft.EntityFrameworkCore;

namespace Agents.Registry.Devices;

/// <summary>A device with what is known of it now.</summary>
internal sealed class DeviceRow
{
    public required Device Device { get; init; }

    public required string? Status { get; init; }

    public required DateTimeOffset? LastSeen { get; init; }

    public required short? Cpu { get; init; }

    public required short? Memory { get; init; }

    public required short? Disk { get; init; }

    public required int Agents { get; init; }

    public DeviceView ToView() => Device.ToView(Status, LastSeen, Agents, (Cpu, Memory, Disk) is (null, null, null) ? null : new(Share(Cpu), Share(Memory), Share(Disk)));

    private static double? Share(short? hundredths) => hundredths / 100.0;
}

internal static class DeviceRows
{
    /// <summary>The devices that the caller may see, each with its presence.</summary>
    public static IQueryable<DeviceRow> DevicesFor(this RegistryDb db, Caller caller, Silence silence)
    {
        var devices = db.Devices.AsNoTracking();
        if (!caller.IsOperator)
        {
            devices = devices.Where(d => d.Owner == caller.Id);
        }

        return devices.LeftJoin(
            db.Of(PresenceKind.Device, silence.Before), d => d.Id, p => p.Id, (d, p) => new DeviceRow
            {
                Device = d,
                Status = p!.Status,
                LastSeen = p.LastSeen,
                Cpu = p.Cpu,
                Memory = p.Memory,
                Disk = p.Disk,
                Agents = db.Agents.Count(a => a.DeviceId == d.Id),
            });
    }

    public static IQueryable<DeviceRow> Where(this IQueryable<DeviceRow> rows, DeviceFilter filter)
    {
        rows = filter.Status switch
        {
            null => rows,
            PresenceStatus.Offline => rows.Where(r => r.Status == null || r.Status == PresenceStatus.Offline),
            _ => rows.Where(r => r.Status != null && r.Status != PresenceStatus.Offline),
        };
        foreach (var label in filter.Label ?? [])
        {
            rows = Labels.Wanted(label) is { } wanted
                ? rows.Where(r => EF.Functions.JsonContains(r.Device.Labels, wanted))
                : rows.Where(r => EF.Functions.JsonExists(r.Device.Labels, label));
        }

        foreach (var capability in filter.Capability ?? [])
        {
            rows = rows.Where(r => r.Device.Capabilities.Contains(capability));
        }

        rows = filter.Pool is { } pool ? rows.Where(r => r.Device.Pool == pool) : rows;
        if (!string.IsNullOrWhiteSpace(filter.Q))
        {
            var pattern = LikePattern.Containing(filter.Q.Trim());
            rows = rows.Where(r =>
                EF.Functions.ILike(r.Device.Id, pattern, LikePattern.Escape) || EF.Functions.ILike(r.Device.Hostname, pattern, LikePattern.Escape));
        }

        return rows;
    }
}
