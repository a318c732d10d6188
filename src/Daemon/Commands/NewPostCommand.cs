using System.CommandLine;
using Agents.Contracts.Posts;
using Agents.Daemon.Server;
using Agents.Daemon.Terminal;

namespace Agents.Daemon.Commands;

/// <summary>A post for a start. What it can't say here is said in the web admin, or in a file by the API.</summary>
internal static class NewPostCommand
{
    private static readonly Argument<string> Name = new("name") { Description = "What it is called" };
    private static readonly Argument<string[]> Program = new("command") { Description = "Behind --: the program and its arguments, of the runners command and acp" };
    private static readonly Option<string?> Runner = new("--runner") { Description = $"What does the work: {string.Join(", ", PostRunner.All)}. With a command: command" };
    private static readonly Option<string?> Model = new("--model") { Description = "The program's model" };
    private static readonly Option<string?> Role = new("--role") { Description = "Who it is and how it works, in words; - reads it from standard input" };
    private static readonly Option<string?> Description = new("--description") { Description = "For people" };
    private static readonly Option<string?> Repo = new("--repo") { Description = "Each task works in a tree of its own of this git repository" };
    private static readonly Option<string[]> Tools = new("--tool") { Description = "TOOL=allow, ask or deny; * is all others. May be given several times" };
    private static readonly Option<string?> Server = ServerChoice.NewOption();

    public static Command Create(Shell shell)
    {
        var command = new Command("new", "Make a post. Agents of it are made by 'ccc hire'.") { Name, Program, Runner, Model, Role, Description, Repo, Tools, Server };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, shell, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, Shell shell, CancellationToken cancellationToken)
    {
        var role = parse.GetValue(Role) is "-" ? await shell.In.ReadToEndAsync(cancellationToken) : parse.GetValue(Role);
        var program = parse.GetValue(Program) is { Length: > 0 } given ? given : null;
        var runner = parse.GetValue(Runner) ?? (program is null ? null : PostRunner.Command);
        var template = new PostTemplate(
            RolePrompt: role,
            Provider: parse.GetValue(Model) is { } model ? ProviderOf(runner, model) : null,
            Runner: runner,
            Command: program,
            Working: parse.GetValue(Repo) is { } repo ? new(Repo: repo) : null,
            Tools: RulesOf(parse.GetValue(Tools) ?? []));

        using var server = await SignedIn.RequiredAsync(shell.Folders, ServerChoice.Asked(parse.GetValue(Server)), shell.Time, cancellationToken);
        var made = await server.Api.MakePostAsync(new(parse.GetValue(Name)!, parse.GetValue(Description), template), server.Credential, cancellationToken);
        shell.Answer(parse, made, DaemonJson.Readable.PostId, people => people.Line(made.Id));
        return ExitCode.Ok;
    }

    /// <summary>opencode has models of many: theirs/model.</summary>
    private static PostProvider ProviderOf(string? runner, string model) =>
        runner is PostRunner.OpenCode && model.Split('/', 2) is [var provider, var its] ? new(provider, its) : new(runner ?? PostRunner.Claude, model);

    private static Dictionary<string, string>? RulesOf(string[] given)
    {
        var rules = new Dictionary<string, string>();
        foreach (var text in given)
        {
            // A tool's own name may have = in it; a rule has not.
            var at = text.LastIndexOf('=');
            rules[at > 0 ? text[..at] : throw new Failure(ExitCode.Usage, $"{text} is no rule: TOOL=allow, TOOL=ask or TOOL=deny.")] = text[(at + 1)..];
        }

        return rules.Count == 0 ? null : rules;
    }
}
