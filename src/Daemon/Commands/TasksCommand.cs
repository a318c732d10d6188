using System.CommandLine;
using Agents.Contracts.Scheduler;
using Agents.Daemon.Server;
using Agents.Daemon.Terminal;
using Spectre.Console;
using TaskStatus = Agents.Contracts.Scheduler.TaskStatus;

namespace Agents.Daemon.Commands;

internal static class TasksCommand
{
    private const int DefaultLimit = 20;

    private static readonly Option<string?> Status = new("--status") { Description = $"Only those that are {string.Join(", ", TaskStatus.All)}" };
    private static readonly Option<string?> Agent = new("--agent") { Description = "Only this agent's, by its name or id" };
    private static readonly Option<int> Limit = new("--limit", "-n") { Description = "So many, the newest", DefaultValueFactory = _ => DefaultLimit };
    private static readonly Option<bool> Quiet = new("--quiet", "-q") { Description = "Only their ids, one on each line" };
    private static readonly Option<string?> Server = ServerChoice.NewOption();

    public static Command Create(Shell shell)
    {
        var command = new Command("tasks", "The newest tasks, as far as you may see them.") { Status, Agent, Limit, Quiet, Server };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, shell, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, Shell shell, CancellationToken cancellationToken)
    {
        using var server = await SignedIn.RequiredAsync(shell.Folders, ServerChoice.Asked(parse.GetValue(Server)), shell.Time, cancellationToken);
        var agent = parse.GetValue(Agent) is { } meant ? await Named.AgentAsync(server, meant, cancellationToken) : null;
        var query = $"page_size={Math.Clamp(parse.GetValue(Limit), 1, Contracts.Paging.MaxSize)}"
            + (parse.GetValue(Status) is { } status ? $"&status={Uri.EscapeDataString(status)}" : "")
            + (agent is null ? "" : $"&agent_id={agent}");
        var tasks = await server.Api.TasksAsync(query, server.Credential, cancellationToken);
        shell.Answer(parse, tasks, DaemonJson.Readable.TaskList, people => Tell(people, tasks, parse.GetValue(Quiet)));
        return ExitCode.Ok;
    }

    private static void Tell(Shell people, TaskList tasks, bool quiet)
    {
        if (quiet)
        {
            people.Lines(tasks.Items.Select(task => task.TaskId));
            return;
        }

        if (tasks.Items.Count == 0)
        {
            people.Line("There are no tasks to see.");
            return;
        }

        var now = people.Time.GetUtcNow();
        var table = new Table().Border(TableBorder.None).AddColumns("ID", "STATUS", "AGENT", "AGE", "PROMPT");
        foreach (var task in tasks.Items)
        {
            table.AddRow(
                new Text(task.TaskId), new Text(task.Status), new Text(task.AgentId ?? "-"), new Text(Durations.Ago(now - task.CreatedAt)),
                new Text(TaskText.Shown(task.Prompt ?? "-").ReplaceLineEndings(" ")));
        }

        people.Print(table);
        people.NoteTotal(tasks.Items.Count, tasks.Total, tasks.TotalCapped);
    }
}
