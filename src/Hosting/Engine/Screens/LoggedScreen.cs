namespace Agents.Hosting.Engine;

/// <summary>Writes what a screen shows into the application host's own log as well.</summary>
internal sealed class LoggedScreen(IScreen screen, RotatingLog log) : IScreen
{
    public void Changed(InstanceStatus status, IReadOnlyList<InstanceStatus> all)
    {
        log.WriteLine($"{status.Id}: {status.Text} {status.Note}".TrimEnd());
        screen.Changed(status, all);
    }

    public Task AllHealthyAsync(IReadOnlyList<InstanceStatus> all) => screen.AllHealthyAsync(all);

    public Task CloseAsync() => screen.CloseAsync();

    public void Line(string text)
    {
        log.WriteLine(text);
        screen.Line(text);
    }
}
