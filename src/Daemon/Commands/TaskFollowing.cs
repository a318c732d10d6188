using System.CommandLine;
using System.Text.Json;
using Agents.Contracts.Scheduler;
using Agents.Daemon.Server;
using Agents.Daemon.Terminal;

namespace Agents.Daemon.Commands;

/// <summary>Shows a task's events as they come: for a person his agent's words as one text, for a script one JSON on each line.</summary>
internal sealed class TaskFollowing(SignedIn server, ParseResult parse, Shell shell)
{
    private bool _inLine;

    public async Task ShowAsync(string task, bool follow, CancellationToken cancellationToken)
    {
        await foreach (var happened in new TaskEvents(server, shell.Time).OfAsync(task, follow, cancellationToken))
        {
            if (parse.GetValue(Shell.Json))
            {
                shell.Line(JsonSerializer.Serialize(happened, DaemonJson.Wire.TaskEventView));
            }
            else if (TaskText.Crumb(happened) is { Length: > 0 } crumb)
            {
                shell.Out.Write(crumb);
                _inLine = !crumb.EndsWith('\n');
            }
            else if (TaskText.Line(task, happened) is { } line)
            {
                shell.Line(_inLine ? $"\n{line}" : line);
                _inLine = false;
            }

            await shell.Out.FlushAsync(cancellationToken);
        }

        if (_inLine)
        {
            shell.Line("");
        }
    }

    /// <summary>Quietly.</summary>
    public async Task WaitAsync(string task, CancellationToken cancellationToken)
    {
        await foreach (var happened in new TaskEvents(server, shell.Time).OfAsync(task, follow: true, cancellationToken))
        {
            if (happened.Kind is EventKind.Question && !parse.GetValue(Shell.Json))
            {
                // Else it would wait for somebody who knows nothing of it.
                shell.Note(TaskText.Line(task, happened)!);
            }
        }
    }
}
