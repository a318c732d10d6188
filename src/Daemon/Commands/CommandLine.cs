using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Text.Json;
using Agents.Daemon.Processes;
using Agents.Daemon.Terminal;

namespace Agents.Daemon.Commands;

/// <summary>All commands, and how each of them ends: an answer and 0, or one sentence and a number.</summary>
internal static class CommandLine
{
    // A signal cancels the command; what has not ended by itself then is ended.
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(string[] args, Shell shell)
    {
        if (args is [GuardLoop.Name])
        {
            // Ours alone, and no command for anybody: signals mean something else to it.
            return await GuardLoop.RunAsync(shell.In, shell.Time);
        }

        var parse = Commands(shell).Parse(args is [] ? ["--help"] : args);
        try
        {
            if (parse.Action is ParseErrorAction)
            {
                var command = string.Join(' ', parse.CommandResult.Command.Parents.OfType<Command>().Append(parse.CommandResult.Command).Select(c => c.Name).Skip(1).Prepend("ccc"));
                // The last one is the cause; what stands before it only follows from it.
                throw new Failure(ExitCode.Usage, $"{parse.Errors[^1].Message} '{command} --help' shows how.");
            }

            return await parse.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = StopLimit, Output = shell.Out, Error = shell.Error });
        }
        catch (Failure failure)
        {
            return Tell(failure, parse, shell);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Tell(new(ExitCode.Failed, e.Message, e), parse, shell);
        }
        catch (OperationCanceledException)
        {
            return Tell(new(ExitCode.Failed, "Stopped."), parse, shell);
        }
    }

    private static RootCommand Commands(Shell shell)
    {
        var root = new RootCommand("ccc links this machine to an Agents server, and lets you look at the fleet from a terminal.")
        {
            LoginCommand.Create(shell),
            LogoutCommand.Create(shell),
            GenerateTokenCommand.Create(shell),
            ConnectCommand.Create(shell),
            DaemonCommand.Create(shell),
            StatusCommand.Create(shell),
            PostsCommand.Create(shell),
            HireCommand.Create(shell),
            AgentsCommand.Create(shell),
            RunCommand.Create(shell),
            TasksCommand.Create(shell),
            LogsCommand.Create(shell),
            ArtifactsCommand.Create(shell),
            AnswerCommand.Create(shell),
            CancelCommand.Create(shell),
            SendCommand.Create(shell),
            VerifyCommand.Create(shell),
            McpCommand.Create(shell),
            VersionCommand.Create(shell),
        };
        root.Options.Add(Shell.Json);
        foreach (var help in root.Options.OfType<HelpOption>())
        {
            help.Action = new HelpWithExamples((HelpAction)help.Action!);
        }

        return root;
    }

    private static int Tell(Failure failure, ParseResult parse, Shell shell)
    {
        shell.Note(parse.GetValue(Shell.Json)
            ? JsonSerializer.Serialize(new(failure.Message, failure.ExitCode), DaemonJson.Readable.FailureReport)
            : $"ccc: {failure.Message}");
        return failure.ExitCode;
    }
}
