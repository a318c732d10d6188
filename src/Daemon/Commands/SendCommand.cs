using System.CommandLine;
using Agents.Daemon.Server;
using Agents.Daemon.Terminal;

namespace Agents.Daemon.Commands;

internal static class SendCommand
{
    private static readonly Argument<string> Agent = new("agent") { Description = "The agent's name or id" };
    private static readonly Argument<string> Text = new("text") { Description = "What is said to it; - reads it from standard input" };
    private static readonly Option<string?> Server = ServerChoice.NewOption();

    public static Command Create(Shell shell)
    {
        var command = new Command("send", "Say something to an agent while it works on a task of yours.") { Agent, Text, Server };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, shell, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, Shell shell, CancellationToken cancellationToken)
    {
        using var server = await SignedIn.RequiredAsync(shell.Folders, ServerChoice.Asked(parse.GetValue(Server)), shell.Time, cancellationToken);
        var text = parse.GetValue(Text) is "-" ? await shell.In.ReadToEndAsync(cancellationToken) : parse.GetValue(Text)!;
        var agent = await Named.AgentAsync(server, parse.GetValue(Agent)!, cancellationToken);
        var told = await server.Api.TellAgentAsync(agent, new(text), server.Credential, cancellationToken);
        shell.Answer(parse, told, DaemonJson.Readable.ToldTask, people => people.Line($"Said, to task {told.TaskId}."));
        return ExitCode.Ok;
    }
}
