using Agents.Contracts.Registry;

namespace Agents.Scheduler.Dispatch;

/// <summary>Who could work: agents and devices as Registry has them, holders as Realtime tells of them.</summary>
internal sealed class Fleet
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, KnownAgent> _agents = [];
    private readonly Dictionary<string, DeviceFacts> _devices = [];
    private readonly Dictionary<string, HolderHere> _holders = [];
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Worker[]? _workers;

    /// <summary>Raised after something changed that the choice of an agent depends on.</summary>
    public event Action? Changed;

    public int Version { get; private set; }

    /// <summary>Of the agents as Registry has them: it stays where one only comes or goes.</summary>
    public int StaffVersion { get; private set; }

    /// <summary>All was read at least once, so what isn't here does not exist.</summary>
    public bool IsLoaded => _loaded.Task.IsCompleted;

    public KnownAgent? Find(string agentId)
    {
        lock (_gate)
        {
            return _agents.GetValueOrDefault(agentId);
        }
    }

    public Worker? FindWorker(string agentId)
    {
        lock (_gate)
        {
            return _agents.TryGetValue(agentId, out var agent) ? WorkerOf(agent) : null;
        }
    }

    public bool HasDevice(string deviceId)
    {
        lock (_gate)
        {
            return _devices.ContainsKey(deviceId);
        }
    }

    /// <summary>Some agent has it.</summary>
    public bool HasPost(string postId)
    {
        lock (_gate)
        {
            return _agents.Values.Any(agent => agent.PostId == postId);
        }
    }

    public string? InstanceOf(string holder)
    {
        lock (_gate)
        {
            return _holders.GetValueOrDefault(holder)?.Instance;
        }
    }

    public (int Version, IReadOnlyList<Worker> Workers) Workers()
    {
        lock (_gate)
        {
            _workers ??= [.. _agents.Values.Select(WorkerOf)];
            return (Version, _workers);
        }
    }

    public (int Version, IReadOnlyList<KnownAgent> Agents) Staff()
    {
        lock (_gate)
        {
            return (StaffVersion, [.. _agents.Values]);
        }
    }

    public void Loaded(IReadOnlyList<DeviceFacts> devices, IReadOnlyList<KnownAgent> agents)
    {
        Change(() =>
        {
            _devices.Clear();
            _agents.Clear();
            foreach (var device in devices)
            {
                _devices[device.Id] = device;
            }

            foreach (var agent in agents)
            {
                _agents[agent.Id] = agent;
            }

            StaffVersion++;
        });
        _loaded.TrySetResult();
    }

    public void Saved(KnownAgent agent) => Change(() =>
    {
        _agents[agent.Id] = agent;
        StaffVersion++;
    });

    public void AgentDeleted(string id) => Change(() =>
    {
        _agents.Remove(id);
        StaffVersion++;
    });

    public void DeviceSaved(string id, DeviceFacts? device) => Change(() =>
    {
        if (device is null)
        {
            _devices.Remove(id);
        }
        else
        {
            _devices[id] = device;
        }
    });

    public void Here(string holder, HolderHere here) => Change(() => _holders[holder] = here);

    public void Gone(IReadOnlyCollection<string> holders)
    {
        if (holders.Count > 0)
        {
            Change(() =>
            {
                foreach (var holder in holders)
                {
                    _holders.Remove(holder);
                }
            });
        }
    }

    /// <summary>All that are here, as the table has it.</summary>
    public void HoldersAre(IReadOnlyCollection<(string Holder, HolderHere Here)> holders)
    {
        lock (_gate)
        {
            if (holders.Count == _holders.Count && holders.All(h => _holders.TryGetValue(h.Holder, out var known) && known == h.Here))
            {
                return;
            }
        }

        Change(() =>
        {
            _holders.Clear();
            foreach (var (holder, here) in holders)
            {
                _holders[holder] = here;
            }
        });
    }

    private void Change(Action change)
    {
        lock (_gate)
        {
            change();
            _workers = null;
            Version++;
        }

        Changed?.Invoke();
    }

    private Worker WorkerOf(KnownAgent agent)
    {
        var device = agent.DeviceId is { } id ? _devices.GetValueOrDefault(id) : null;
        string?[] ways = [HolderKey.OfAgent(agent.Id), agent.DeviceId is null ? null : HolderKey.OfDevice(agent.DeviceId)];
        var connected = ways.OfType<string>().Where(_holders.ContainsKey).ToList();
        var holder = connected.Find(way => _holders[way].TakesTasks);
        var here = holder is null ? null : _holders[holder];
        return new(agent, device, holder, here?.Instance ?? "", here?.Load ?? 0, IsUntasked: holder is null && connected.Count > 0);
    }
}

/// <summary>A holder that is connected.</summary>
internal sealed record HolderHere(string Instance, double Load, bool TakesTasks);

/// <summary>Names of holders, as Realtime names its peers.</summary>
internal static class HolderKey
{
    private const string Device = "device:";
    private const string Rest = "rest:";

    public static string OfDevice(string id) => $"{Device}{id}";

    public static string OfAgent(string id) => $"agent:{id}";

    /// <summary>Of one piece of work that was taken by HTTP: its own, as nothing but the words about it says that it goes on.</summary>
    public static string OfWork(string agent, Guid task, int attempt) => $"{Rest}{agent}:{task}:{attempt}";

    /// <summary>The device that it names; null where it is none.</summary>
    public static string? DeviceOf(string holder) => IsOfDevice(holder) ? holder[Device.Length..] : null;

    public static bool IsOfDevice(string holder) => holder.StartsWith(Device, StringComparison.Ordinal);

    /// <summary>It has no socket, and hears only what its requests are answered.</summary>
    public static bool IsUnreachable(string holder) => holder.StartsWith(Rest, StringComparison.Ordinal);
}
