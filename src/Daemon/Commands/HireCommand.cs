using System.CommandLine;
using Agents.Contracts.Posts;
using Agents.Contracts.Registry;
using Agents.Daemon.Server;
using Agents.Daemon.Terminal;
using Spectre.Console;

namespace Agents.Daemon.Commands;

internal static class HireCommand
{
    private static readonly Argument<string> Post = new("post") { Description = "The post's name or id" };
    private static readonly Option<int?> Count = new("--count", "-n") { Description = "So many, spread over the devices that have what the post requires; 1 where nothing is said" };
    private static readonly Option<string[]> Devices = new("--device") { Description = "One on this device. May be given several times" };
    private static readonly Option<string?> Pattern = new("--name") { Description = "What they are called, with {n}, {device} and {post} in it" };
    private static readonly Option<string?> Server = ServerChoice.NewOption();

    public static Command Create(Shell shell)
    {
        var command = new Command("hire", "Make agents of a post, on devices that can carry them.") { Post, Count, Devices, Pattern, Server };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, shell, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, Shell shell, CancellationToken cancellationToken)
    {
        var devices = parse.GetValue(Devices) is { Length: > 0 } named ? named : null;
        if (devices is not null && parse.GetValue(Count) is not null)
        {
            throw new Failure(ExitCode.Usage, "Either --count or --device: there is one on each device that is named.");
        }

        using var server = await SignedIn.RequiredAsync(shell.Folders, ServerChoice.Asked(parse.GetValue(Server)), shell.Time, cancellationToken);
        var post = await Named.PostAsync(server, parse.GetValue(Post)!, cancellationToken);
        var order = new CreateAgentsRequest(devices is null ? parse.GetValue(Count) ?? 1 : null, devices, NamePattern: parse.GetValue(Pattern));
        var made = await server.Api.MakeAgentsAsync(post, order, server.Credential, cancellationToken);
        shell.Answer(parse, made, DaemonJson.Readable.AgentsMade, people => Tell(people, made));
        return ExitCode.Ok;
    }

    private static void Tell(Shell people, AgentsMade made)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("NAME", "DEVICE", "ID");
        foreach (var agent in made.Agents)
        {
            table.AddRow(new Text(TaskText.Shown(agent.Name)), new Text(agent.DeviceId), new Text(agent.Id));
        }

        people.Print(table);
    }
}
