namespace Agents.Hosting.Engine;

/// <summary>Where a person sees how the application starts and what happens to it later.</summary>
internal interface IScreen
{
    void Changed(InstanceStatus status, IReadOnlyList<InstanceStatus> all);

    /// <summary>Everything is healthy: the table for good.</summary>
    Task AllHealthyAsync(IReadOnlyList<InstanceStatus> all);

    void Line(string text);

    /// <summary>Nothing moves from here on; lines still come.</summary>
    Task CloseAsync();
}

/// <summary>Tests read the notifications and the logs.</summary>
internal sealed class NoScreen : IScreen
{
    public void Changed(InstanceStatus status, IReadOnlyList<InstanceStatus> all)
    {
    }

    public Task AllHealthyAsync(IReadOnlyList<InstanceStatus> all) => Task.CompletedTask;

    public void Line(string text)
    {
    }

    public Task CloseAsync() => Task.CompletedTask;
}
