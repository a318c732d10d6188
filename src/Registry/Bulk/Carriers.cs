using Agents.Contracts.Registry;
using Agents.Registry.Agents;
using Agents.Registry.Devices;
using Agents.Registry.Presence;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.EntityFrameworkCore;

namespace Agents.Registry.Bulk;

/// <summary>The devices that an order's agents come to, locked, so that until the end of the transaction nobody else takes their places.</summary>
internal sealed class Carriers(RegistryDb db, Silence silence)
{
    /// <summary>Between the look and the lock somebody else may have filled a device.</summary>
    private const int Tries = 5;

    /// <summary>A device for each agent, or what is wrong.</summary>
    public async Task<(IReadOnlyList<string>? Devices, Failure? Wrong)> FindAsync(AgentsOrder order, CancellationToken cancellationToken) => order switch
    {
        { Devices: { } devices } => await NamedAsync(order, devices, cancellationToken),
        { Selector: { } labels } => await PickedAsync(order, labels, cancellationToken),
        _ => await SpreadAsync(order, order.Count ?? 0, cancellationToken),
    };

    private async Task<(IReadOnlyList<string>? Devices, Failure? Wrong)> NamedAsync(AgentsOrder order, IReadOnlyList<string> devices, CancellationToken cancellationToken)
    {
        var room = await db.RoomAsync(devices, cancellationToken);
        var fitting = (await Fitting(db.Devices.Where(d => devices.Contains(d.Id)), order).Select(d => d.Id).ToListAsync(cancellationToken)).ToHashSet();
        for (var i = 0; i < devices.Count; i++)
        {
            var problem = !room.TryGetValue(devices[i], out var left) ? "there is no such device"
                : !fitting.Contains(devices[i]) ? "the device has not all that the post requires"
                : left == 0 ? DeviceRoom.Full
                : null;
            if (problem is not null)
            {
                return (null, new Invalid($"devices[{i}]", problem));
            }

            room[devices[i]] = left - 1;
        }

        return (devices, null);
    }

    private async Task<(IReadOnlyList<string>? Devices, Failure? Wrong)> PickedAsync(
        AgentsOrder order, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken)
    {
        var wanted = Labels.Write(labels);
        var picked = Fitting(db.Devices.Where(d => !d.Draining && EF.Functions.JsonContains(d.Labels, wanted)), order);
        var devices = await picked.OrderBy(d => d.Id).Select(d => d.Id).Take(AgentsOrder.Most + 1).ToListAsync(cancellationToken);
        if (devices is not { Count: > 0 and <= AgentsOrder.Most })
        {
            return (null, new Invalid("selector", devices.Count == 0
                ? "picks no device that has what the post requires and is not draining"
                : $"picks more than {AgentsOrder.Most} devices"));
        }

        var room = await db.RoomAsync(devices, cancellationToken);
        return devices.Find(id => room.GetValueOrDefault(id) == 0) is { } full
            ? (null, new Invalid("selector", $"picks {full}, and {DeviceRoom.Full}"))
            : (devices, null);
    }

    private async Task<(IReadOnlyList<string>? Devices, Failure? Wrong)> SpreadAsync(AgentsOrder order, int count, CancellationToken cancellationToken)
    {
        for (var i = 0; i < Tries; i++)
        {
            var carriers = await CarriersAsync(order, cancellationToken);
            if (Spread.Over(carriers, count) is not { } devices)
            {
                return (null, new Invalid("count", carriers.Count == 0
                    ? "there is no device that has what the post requires and is not draining"
                    : $"there is room for {carriers.Sum(c => c.Room)} on the devices that have what the post requires"));
            }

            var room = await db.RoomAsync(devices, cancellationToken);
            if (devices.CountBy(id => id).All(of => room.GetValueOrDefault(of.Key) >= of.Value))
            {
                return (devices, null);
            }
        }

        return (null, new Clash("Others fill the devices just now. Try again."));
    }

    private async Task<List<Carrier>> CarriersAsync(AgentsOrder order, CancellationToken cancellationToken)
    {
        var rows = await Fitting(db.Devices.Where(d => !d.Draining), order)
            .LeftJoin(db.Of(PresenceKind.Device, silence.Before), d => d.Id, p => p.Id, (d, p) => new { d.Id, p!.Status, Agents = db.Agents.Count(a => a.DeviceId == d.Id) })
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row => new Carrier(row.Id, row.Status is not (null or PresenceStatus.Offline), row.Agents))];
    }

    private static IQueryable<Device> Fitting(IQueryable<Device> devices, AgentsOrder order)
    {
        foreach (var capability in order.Capabilities)
        {
            devices = devices.Where(d => d.Capabilities.Contains(capability));
        }

        var labels = Labels.Write(order.Labels);
        return order.Labels.Count == 0 ? devices : devices.Where(d => EF.Functions.JsonContains(d.Labels, labels));
    }
}
