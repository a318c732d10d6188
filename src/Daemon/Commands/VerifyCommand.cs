using System.CommandLine;
using Agents.Contracts.Realtime.Groups;
using Agents.Daemon.Server;
using Agents.Daemon.Terminal;
using Spectre.Console;

namespace Agents.Daemon.Commands;

internal static class VerifyCommand
{
    private const int PageSize = 200;

    // Who edits while one reads is read again; a group that is edited all the time is told as it stands.
    private const int Rounds = 3;
    private const int MostReadAgain = 100;

    private static readonly Argument<string> Group = new("group") { Description = "The group's id" };
    private static readonly Option<long> After = new("--after") { Description = "Only what came after this number" };
    private static readonly Option<string?> Server = ServerChoice.NewOption();

    public static Command Create(Shell shell)
    {
        var command = new Command("verify", "Check the signatures of what was said in a group against the devices' keys. Exit code 1 where something is forged.") { Group, After, Server };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, shell, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, Shell shell, CancellationToken cancellationToken)
    {
        using var server = await SignedIn.RequiredAsync(shell.Folders, ServerChoice.Asked(parse.GetValue(Server)), shell.Time, cancellationToken);
        var (id, after) = (parse.GetValue(Group)!, Math.Max(0, parse.GetValue(After)));
        var group = await server.Api.GroupAsync(id, server.Credential, cancellationToken)
            ?? throw new Failure(ExitCode.Failed, $"There is no group {id}, or it is not yours to see.");
        var (check, tally, keys) = (new LogCheck(after, group.LastSeq), new VerifyTally(), new KeyRing(server));
        await ReadOnAsync(server, group.Id, check, tally, keys, cancellationToken);
        for (var round = 0; round < Rounds && check.Wrong() is [_, ..] wrong; round++)
        {
            await ReadAgainAsync(server, group.Id, check, wrong, cancellationToken);
            await ReadOnAsync(server, group.Id, check, tally, keys, cancellationToken);
        }

        foreach (var suspect in check.Wrong())
        {
            tally.Forged(suspect);
        }

        var report = tally.Report(group, after, check.At);
        shell.Answer(parse, report, DaemonJson.Readable.VerifyReport, people => Tell(people, report));
        return report.Forged == 0 ? ExitCode.Ok : ExitCode.Failed;
    }

    /// <summary>To the end of the log, page by page.</summary>
    private static async Task ReadOnAsync(SignedIn server, string group, LogCheck check, VerifyTally tally, KeyRing keys, CancellationToken cancellationToken)
    {
        IReadOnlyList<GroupEntry> page;
        do
        {
            page = await server.Api.MessagesAsync(group, check.At, PageSize, server.Credential, cancellationToken);
            foreach (var entry in page)
            {
                var found = check.Take(entry, await keys.OfAsync(entry, cancellationToken));
                tally.Count(entry, found, found.Verdict is EntryVerdict.Verified ? await NoteAsync(entry, keys, cancellationToken) : null);
            }
        }
        while (page.Count == PageSize);
    }

    private static async Task ReadAgainAsync(SignedIn server, string group, LogCheck check, IReadOnlyList<Suspect> wrong, CancellationToken cancellationToken)
    {
        foreach (var suspect in wrong.Where(suspect => suspect.Id.Length > 0).Take(MostReadAgain))
        {
            if (await server.Api.MessagesAsync(group, suspect.Seq - 1, 1, server.Credential, cancellationToken) is [var message] && message.Id == suspect.Id)
            {
                check.Again(message);
            }
        }
    }

    /// <summary>An agent may have moved since; only who runs the place knows whether it has.</summary>
    private static async Task<string?> NoteAsync(GroupEntry entry, KeyRing keys, CancellationToken cancellationToken) =>
        await keys.AuthorAsync(entry, cancellationToken) is { DeviceId: { } carrier } && carrier != entry.Sig!.DeviceId
            ? $"signed by {entry.Sig.DeviceId}, and its author is on {carrier} now"
            : null;

    private static void Tell(Shell people, VerifyReport report)
    {
        if (report.Authors.Count > 0)
        {
            var table = new Table().Border(TableBorder.None).AddColumns("AUTHOR", "KIND", "VERIFIED", "UNSIGNED", "FORGED", "ID");
            foreach (var author in report.Authors)
            {
                table.AddRow(
                    new Text(author.Name), new Text(author.Kind), new Text($"{author.Verified}"), new Text($"{author.Unsigned}"), new Text($"{author.Forged}"), new Text(author.Id));
            }

            people.Print(table);
        }

        foreach (var finding in report.Findings)
        {
            people.Line($"{(finding.IsForged ? "FORGED" : "note")} {finding.Seq} {finding.Id} {finding.From}: {finding.Why}");
        }

        people.Line(
            $"{report.Name}, {report.After + 1} to {report.Last}: {report.Verified} verified, {report.Unsigned} unsigned, {report.Forged} forged.");
    }
}
