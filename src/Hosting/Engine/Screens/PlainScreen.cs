namespace Agents.Hosting.Engine;

/// <summary>Lines, for pipes and logs.</summary>
internal sealed class PlainScreen(TextWriter output) : IScreen
{
    private readonly Lock _lock = new();
    private bool _started;

    public void Changed(InstanceStatus status, IReadOnlyList<InstanceStatus> all)
    {
        if (StatusLine.Of(status, starting: !_started) is { } line)
        {
            Line(line);
        }
    }

    public Task AllHealthyAsync(IReadOnlyList<InstanceStatus> all)
    {
        _started = true;
        foreach (var line in StatusLine.TableOf(all))
        {
            Line(line);
        }

        return Task.CompletedTask;
    }

    public Task CloseAsync() => Task.CompletedTask;

    public void Line(string text)
    {
        lock (_lock)
        {
            output.WriteLine(text);
            output.Flush();
        }
    }
}
