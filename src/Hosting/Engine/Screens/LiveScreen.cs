using System.Threading.Channels;
using Spectre.Console;

namespace Agents.Hosting.Engine;

/// <summary>In a terminal: a table that moves until everything is healthy, lines from then on.</summary>
internal sealed class LiveScreen : IScreen
{
    private readonly Channel<IReadOnlyList<InstanceStatus>> _changes = Channel.CreateBounded<IReadOnlyList<InstanceStatus>>(
        // Only the newest state is worth drawing.
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    private readonly IAnsiConsole _console;
    private readonly Task _drawing;

    public LiveScreen(IAnsiConsole console)
    {
        _console = console;
        _drawing = console.Live(Table([])).StartAsync(DrawAsync);
    }

    public void Changed(InstanceStatus status, IReadOnlyList<InstanceStatus> all)
    {
        if (!_changes.Writer.TryWrite(all) && StatusLine.Of(status, starting: false) is { } line)
        {
            Line(line);
        }
    }

    public async Task AllHealthyAsync(IReadOnlyList<InstanceStatus> all)
    {
        _changes.Writer.TryWrite(all);
        await CloseAsync();
    }

    public void Line(string text)
    {
        // Text over a table that is redrawn would be wiped away; without one this does nothing.
        _changes.Writer.TryComplete();
        _console.WriteLine(text);
    }

    public Task CloseAsync()
    {
        _changes.Writer.TryComplete();
        return _drawing;
    }

    private async Task DrawAsync(LiveDisplayContext context)
    {
        await foreach (var rows in _changes.Reader.ReadAllAsync())
        {
            context.UpdateTarget(Table(rows));
        }
    }

    private static Table Table(IReadOnlyList<InstanceStatus> rows)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("Resource", "State", "Address", "");
        foreach (var row in rows)
        {
            var color = row.Text switch { "Healthy" => "green", "Exited" or "Unhealthy" or "FailedToStart" => "red", _ => "yellow" };
            table.AddRow(Markup.Escape(row.Id), $"[{color}]{row.Text}[/]", Markup.Escape(row.Address ?? ""), Markup.Escape(row.Note ?? ""));
        }

        return table;
    }
}
