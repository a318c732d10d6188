namespace Agents.Scheduler.Dispatch;

/// <summary>
/// Which attempts take a place on which agent and device. By name, so that a word that comes twice frees nothing twice.
/// Not for several threads at once.
/// </summary>
internal sealed class Slots
{
    private readonly Dictionary<(Guid Task, int Attempt), (string Agent, string? Device)> _taken = [];
    private readonly Dictionary<string, (int Running, long IdleSince)> _agents = [];
    private readonly Dictionary<string, int> _devices = [];

    public Burden Of(string agent, string? device)
    {
        var (running, idleSince) = _agents.GetValueOrDefault(agent);
        return new(running, device is null ? 0 : _devices.GetValueOrDefault(device), idleSince);
    }

    public int RunningOf(string agent) => _agents.GetValueOrDefault(agent).Running;

    /// <summary>Its attempt has no number yet: <see cref="Name"/> or <see cref="Unreserve"/> follows.</summary>
    public void Reserve(string agent, string? device, long now) => Add(agent, device, 1, now);

    public void Unreserve(string agent, string? device, long now) => Add(agent, device, -1, now);

    public void Name(Guid task, int attempt, string agent, string? device, long now)
    {
        if (!_taken.TryAdd((task, attempt), (agent, device)))
        {
            Unreserve(agent, device, now);
        }
    }

    public void Take(Guid task, int attempt, string agent, string? device, long now)
    {
        if (_taken.TryAdd((task, attempt), (agent, device)))
        {
            Add(agent, device, 1, now);
        }
    }

    /// <summary>The agent that has a place more, where it had been taken.</summary>
    public string? Free(Guid task, int attempt, long now)
    {
        if (!_taken.Remove((task, attempt), out var where))
        {
            return null;
        }

        Add(where.Agent, where.Device, -1, now);
        return where.Agent;
    }

    /// <summary>Frees all others. True where there were any.</summary>
    public bool KeepOnly(IReadOnlySet<(Guid, int)> attempts, long now)
    {
        var gone = _taken.Keys.Where(key => !attempts.Contains(key)).ToList();
        gone.ForEach(key => Free(key.Task, key.Attempt, now));
        return gone.Count > 0;
    }

    private void Add(string agent, string? device, int change, long now)
    {
        _agents[agent] = (_agents.GetValueOrDefault(agent).Running + change, now);
        if (device is not null)
        {
            _devices[device] = _devices.GetValueOrDefault(device) + change;
        }
    }
}
