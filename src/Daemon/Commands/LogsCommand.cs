using System.CommandLine;
using Agents.Daemon.Server;
using Agents.Daemon.Terminal;

namespace Agents.Daemon.Commands;

internal static class LogsCommand
{
    private static readonly Argument<string> Task = TaskArgument.New();
    private static readonly Option<bool> Follow = new("--follow", "-f") { Description = "Go on until the task has ended" };
    private static readonly Option<string?> Server = ServerChoice.NewOption();

    public static Command Create(Shell shell)
    {
        var command = new Command("logs", "What happened to a task and what its agent said; with --json one event on each line.") { Task, Follow, Server };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, shell, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, Shell shell, CancellationToken cancellationToken)
    {
        using var server = await SignedIn.RequiredAsync(shell.Folders, ServerChoice.Asked(parse.GetValue(Server)), shell.Time, cancellationToken);
        await new TaskFollowing(server, parse, shell).ShowAsync(parse.GetValue(Task)!, parse.GetValue(Follow), cancellationToken);
        return ExitCode.Ok;
    }
}
