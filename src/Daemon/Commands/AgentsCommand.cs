using System.CommandLine;
using Agents.Contracts;
using Agents.Contracts.Registry;
using Agents.Daemon.Server;
using Agents.Daemon.Terminal;
using Spectre.Console;

namespace Agents.Daemon.Commands;

internal static class AgentsCommand
{
    // Beyond that many a filter is what one wants.
    private const int MaxPages = 50;

    private static readonly Option<bool> Online = new("--online") { Description = "Only those that are there" };
    private static readonly Option<bool> Quiet = new("--quiet", "-q") { Description = "Only their ids, one on each line" };
    private static readonly Option<string?> Server = ServerChoice.NewOption();

    public static Command Create(Shell shell)
    {
        var command = new Command("agents", "The server's agents, as far as you may see them.") { Online, Quiet, Server };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, shell, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, Shell shell, CancellationToken cancellationToken)
    {
        using var server = await SignedIn.RequiredAsync(shell.Folders, ServerChoice.Asked(parse.GetValue(Server)), shell.Time, cancellationToken);
        var agents = await AllAsync(server, parse.GetValue(Online), cancellationToken);
        shell.Answer(parse, agents, DaemonJson.Readable.ListOfAgentView, people => Tell(people, agents, parse.GetValue(Quiet)));
        return ExitCode.Ok;
    }

    private static async Task<ListOf<AgentView>> AllAsync(SignedIn server, bool online, CancellationToken cancellationToken)
    {
        var filter = $"page_size={Paging.MaxSize}{(online ? "&online=true" : "")}";
        var page = await server.Api.AgentsAsync(filter, server.Credential, cancellationToken);
        var all = page.Items.ToList();
        for (var number = 2; number <= MaxPages && page.Items.Count == Paging.MaxSize; number++)
        {
            page = await server.Api.AgentsAsync($"{filter}&page={number}", server.Credential, cancellationToken);
            all.AddRange(page.Items);
        }

        return new(all, Math.Max(page.Total, all.Count), page.TotalCapped);
    }

    private static void Tell(Shell people, ListOf<AgentView> agents, bool quiet)
    {
        if (quiet)
        {
            people.Lines(agents.Items.Select(agent => agent.Id));
            return;
        }

        if (agents.Items.Count == 0)
        {
            people.Line("There are no agents to see.");
            return;
        }

        var table = new Table().Border(TableBorder.None).AddColumns("NAME", "STATUS", "TYPE", "DEVICE", "RUNNING", "CAPABILITIES", "ID");
        foreach (var agent in agents.Items)
        {
            table.AddRow(
                new Text(agent.Name), new Text(agent.Status), new Text(agent.Type), new Text(agent.DeviceId ?? "-"),
                new Text($"{agent.Running}/{agent.Concurrency}"), new Text(string.Join(",", agent.Capabilities)), new Text(agent.Id));
        }

        people.Print(table);
        people.NoteTotal(agents.Items.Count, agents.Total, agents.TotalCapped);
    }
}
