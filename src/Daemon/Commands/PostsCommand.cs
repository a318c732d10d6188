using System.CommandLine;
using Agents.Contracts;
using Agents.Contracts.Posts;
using Agents.Daemon.Server;
using Agents.Daemon.Terminal;
using Spectre.Console;

namespace Agents.Daemon.Commands;

internal static class PostsCommand
{
    private static readonly Option<string?> Query = new("--query") { Description = "Only those with this in their name or description" };
    private static readonly Option<bool> Quiet = new("--quiet", "-q") { Description = "Only their ids, one on each line" };
    private static readonly Option<string?> Server = ServerChoice.NewOption();

    public static Command Create(Shell shell)
    {
        var command = new Command("posts", "The server's posts: what there is for agents to be.") { Query, Quiet, Server, NewPostCommand.Create(shell) };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, shell, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, Shell shell, CancellationToken cancellationToken)
    {
        using var server = await SignedIn.RequiredAsync(shell.Folders, ServerChoice.Asked(parse.GetValue(Server)), shell.Time, cancellationToken);
        var query = $"page_size={Paging.MaxSize}{(parse.GetValue(Query) is { } words ? $"&q={Uri.EscapeDataString(words)}" : "")}";
        var posts = await server.Api.PostsAsync(query, server.Credential, cancellationToken);
        shell.Answer(parse, posts, DaemonJson.Readable.ListOfPostRow, people => Tell(people, posts, parse.GetValue(Quiet)));
        return ExitCode.Ok;
    }

    private static void Tell(Shell people, ListOf<PostRow> posts, bool quiet)
    {
        if (quiet)
        {
            people.Lines(posts.Items.Select(post => post.Id));
            return;
        }

        if (posts.Items.Count == 0)
        {
            people.Line("There are no posts to see. 'ccc posts new' makes one.");
            return;
        }

        var now = people.Time.GetUtcNow();
        var table = new Table().Border(TableBorder.None).AddColumns("NAME", "VERSION", "CHANGED", "DESCRIPTION", "ID");
        foreach (var post in posts.Items)
        {
            table.AddRow(
                new Text(TaskText.Shown(post.Name)), new Text($"{post.Version}"), new Text($"{Durations.Ago(now - post.UpdatedAt)} ago"),
                new Text(TaskText.Shown(post.Description).ReplaceLineEndings(" ")), new Text(post.Id));
        }

        people.Print(table);
        people.NoteTotal(posts.Items.Count, posts.Total, posts.TotalCapped);
    }
}
