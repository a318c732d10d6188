namespace Agents.Realtime;

/// <summary>This process among those of its service: new with each start.</summary>
internal sealed class Instance
{
    public string Id { get; } = Guid.NewGuid().ToString();
}
