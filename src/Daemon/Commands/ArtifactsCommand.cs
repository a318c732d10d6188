using System.CommandLine;
using Agents.Contracts.Scheduler;
using Agents.Daemon.Server;
using Agents.Daemon.Terminal;
using Spectre.Console;

namespace Agents.Daemon.Commands;

internal static class ArtifactsCommand
{
    private static readonly Argument<string> Task = TaskArgument.New();
    private static readonly Option<string?> Get = new("--get") { Description = "Fetch the one of this name" };
    private static readonly Option<bool> All = new("--all") { Description = "Fetch all of them" };
    private static readonly Option<string> Output = new("--output", "-o") { Description = "The folder that they are laid in, each under its path", DefaultValueFactory = _ => "." };
    private static readonly Option<string?> Server = ServerChoice.NewOption();

    public static Command Create(Shell shell)
    {
        var command = new Command("artifacts", "The files of a task; of each name the newest.") { Task, Get, All, Output, Server };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, shell, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, Shell shell, CancellationToken cancellationToken)
    {
        var (task, name, all) = (parse.GetValue(Task)!, parse.GetValue(Get), parse.GetValue(All));
        if (all && name is not null)
        {
            throw new Failure(ExitCode.Usage, "--get NAME or --all, one of them.");
        }

        using var server = await SignedIn.RequiredAsync(shell.Folders, ServerChoice.Asked(parse.GetValue(Server)), shell.Time, cancellationToken);
        var files = Newest(await server.Api.ArtifactsAsync(task, server.Credential, cancellationToken) ?? throw new Failure(ExitCode.Failed, $"There is no task {task}, or it is not yours to see."));
        if (!all && name is null)
        {
            shell.Answer(parse, [.. files], DaemonJson.Readable.ListArtifactView, people => Tell(people, files));
            return ExitCode.Ok;
        }

        if (name is not null && files.All(file => file.Name != name))
        {
            throw new Failure(ExitCode.Failed, $"The task has no file {name}. 'ccc artifacts {task}' lists those that it has.");
        }

        var fetching = new FileFetching(server, shell, parse.GetValue(Output)!, isQuiet: parse.GetValue(Shell.Json));
        List<FetchedReport> fetched = [];
        foreach (var file in files.Where(file => name is null ? file.Kind is ArtifactKind.File : file.Name == name))
        {
            fetched.Add(await fetching.FetchAsync(task, file, cancellationToken));
        }

        shell.Answer(parse, fetched, DaemonJson.Readable.ListFetchedReport, people => fetched.ForEach(file => people.Line(file.Path)));
        return ExitCode.Ok;
    }

    /// <summary>Of the latest attempt that has one of the name, the one that came last. Pure.</summary>
    internal static IReadOnlyList<ArtifactView> Newest(IEnumerable<ArtifactView> artifacts) =>
    [
        .. artifacts.GroupBy(artifact => (artifact.Kind, artifact.Name))
            .Select(same => same.MaxBy(artifact => (artifact.Attempt ?? 0, artifact.CreatedAt))!)
            .OrderBy(artifact => artifact.Name, StringComparer.Ordinal),
    ];

    private static void Tell(Shell people, IReadOnlyList<ArtifactView> files)
    {
        if (files.Count == 0)
        {
            people.Line("It has no files.");
            return;
        }

        var now = people.Time.GetUtcNow();
        var table = new Table().Border(TableBorder.None).AddColumns("NAME", "KIND", "BYTES", "ATTEMPT", "AGE");
        foreach (var file in files)
        {
            table.AddRow(
                new Text(TaskText.Shown(file.Name)), new Text(file.Kind), new Text($"{file.Size}"), new Text(file.Attempt?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "-"),
                new Text(Durations.Ago(now - file.CreatedAt)));
        }

        people.Print(table);
    }
}

/// <param name="Path">Where it lies now.</param>
internal sealed record FetchedReport(string Name, string Path, long Size, string Sha256);
