using System.CommandLine;
using Agents.Daemon.Server;
using Agents.Daemon.Terminal;

namespace Agents.Daemon.Commands;

internal static class CancelCommand
{
    private static readonly Argument<string> Task = TaskArgument.New();
    private static readonly Option<string?> Reason = new("--reason") { Description = "Why; it stands with the task" };
    private static readonly Option<string?> Server = ServerChoice.NewOption();

    public static Command Create(Shell shell)
    {
        var command = new Command("cancel", "End a task; its program is stopped.") { Task, Reason, Server };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, shell, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, Shell shell, CancellationToken cancellationToken)
    {
        using var server = await SignedIn.RequiredAsync(shell.Folders, ServerChoice.Asked(parse.GetValue(Server)), shell.Time, cancellationToken);
        var canceled = await server.Api.CancelAsync(parse.GetValue(Task)!, new(Reason: parse.GetValue(Reason)), server.Credential, cancellationToken);
        shell.Answer(parse, canceled, DaemonJson.Readable.CanceledTask, people => people.Line("Canceled."));
        return ExitCode.Ok;
    }
}
