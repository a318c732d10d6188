using System.Collections.Concurrent;
using Agents.Contracts.Registry;

namespace Agents.Realtime.Presence;

/// <summary>
/// What Registry told of the agents of those that are connected here: who carries whom. Anybody reads it; it is written by
/// <see cref="PresenceBook"/> alone, which has an order for that.
/// </summary>
internal sealed class Roster
{
    private readonly ConcurrentDictionary<string, KnownAgent> _agents = new();
    private readonly ConcurrentDictionary<string, IReadOnlyList<KnownAgent>> _carried = new();

    public KnownAgent? Find(string agentId) => _agents.GetValueOrDefault(agentId);

    public IReadOnlyList<KnownAgent> CarriedBy(string deviceId) => _carried.GetValueOrDefault(deviceId) ?? [];

    public bool Carries(string deviceId, string agentId) => Find(agentId)?.DeviceId == deviceId;

    /// <summary>From now on its list is kept.</summary>
    public void Open(string deviceId) => _carried.TryAdd(deviceId, []);

    /// <summary>The devices whose list it changed: the one that carries it now, and the one that did.</summary>
    public IReadOnlyList<string> Saved(KnownAgent agent)
    {
        var former = Find(agent.Id)?.DeviceId;
        _agents[agent.Id] = agent;
        List<string> changed = [];
        if (former is not null && former != agent.DeviceId && Change(former, agent.Id, null))
        {
            changed.Add(former);
        }

        if (agent.DeviceId is { } device && Change(device, agent.Id, agent))
        {
            changed.Add(device);
        }

        return changed;
    }

    public string? Deleted(string agentId) =>
        _agents.TryRemove(agentId, out var agent) && agent.DeviceId is { } device && Change(device, agentId, null) ? device : null;

    /// <summary>It is on this device's list no longer. What is known of it stays until it has gone.</summary>
    public void Unlist(string deviceId, string agentId) => Change(deviceId, agentId, null);

    /// <summary>After the device went for good; those that are there without it stay.</summary>
    public void Forget(string deviceId, Func<string, bool> isThere)
    {
        if (_carried.TryRemove(deviceId, out var agents))
        {
            foreach (var agent in agents.Where(agent => !isThere(agent.Id)))
            {
                _agents.TryRemove(agent.Id, out _);
            }
        }
    }

    public void ForgetAgent(string agentId)
    {
        if (Find(agentId) is { } agent && (agent.DeviceId is null || CarriedBy(agent.DeviceId).All(carried => carried.Id != agentId)))
        {
            _agents.TryRemove(agentId, out _);
        }
    }

    /// <summary>Only for devices that are here.</summary>
    private bool Change(string deviceId, string agentId, KnownAgent? agent)
    {
        if (!_carried.TryGetValue(deviceId, out var before))
        {
            return false;
        }

        IReadOnlyList<KnownAgent> rest = [.. before.Where(a => a.Id != agentId)];
        _carried[deviceId] = agent is null ? rest : [.. rest, agent];
        return true;
    }
}
