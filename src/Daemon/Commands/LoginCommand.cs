using System.CommandLine;
using Agents.Daemon.Server;
using Agents.Daemon.State;
using Agents.Daemon.Terminal;

namespace Agents.Daemon.Commands;

internal static class LoginCommand
{
    private static readonly Argument<string?> Url = new("url") { Description = "The server; left out, CCC_CENTRAL_SERVER", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> Email = new("--email") { Description = "Your email address or name; else you are asked" };
    private static readonly Option<bool> PasswordStdin = new("--password-stdin") { Description = "Read the password from standard input" };
    private static readonly Option<bool> ApiKeyStdin = new("--api-key-stdin") { Description = "Sign in with an API key, read from standard input" };

    public static Command Create(Shell shell)
    {
        var command = new Command("login", "Sign in to a server, so that the other commands may ask it.") { Url, Email, PasswordStdin, ApiKeyStdin };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, shell, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, Shell shell, CancellationToken cancellationToken)
    {
        var server = ServerChoice.Asked(parse.GetValue(Url)) ?? throw new Failure(ExitCode.Usage, "Which server? 'ccc login https://agents.example.com'.");
        using var api = ServerApi.At(server, Config.ConfigFile.Read(shell.Folders, null).Trust);
        var session = parse.GetValue(ApiKeyStdin)
            ? new Session(server.ToString(), ApiKey: shell.ReadLine("API key"))
            : await SignInAsync(api, parse, shell, cancellationToken);
        var me = await api.MeAsync(session.ApiKey ?? session.AccessToken!, cancellationToken);
        session.Write(shell.Folders);
        shell.Answer(
            parse, new(server.ToString(), me.Id, me.Email, me.Name, me.Roles), DaemonJson.Readable.SignedInReport,
            people => people.Line($"Signed in at {server} as {(me.Name.Length > 0 ? me.Name : me.Email)} ({string.Join(", ", me.Roles)})."));
        return ExitCode.Ok;
    }

    private static async Task<Session> SignInAsync(ServerApi api, ParseResult parse, Shell shell, CancellationToken cancellationToken)
    {
        var stdin = parse.GetValue(PasswordStdin);
        var email = parse.GetValue(Email) ?? (stdin || Console.IsInputRedirected ? throw new Failure(ExitCode.Usage, "Who are you? Give --email, or --api-key-stdin.") : shell.Ask("Email: "));
        var password = stdin ? shell.ReadLine("password") : shell.AskHidden("Password: ", "--password-stdin");
        var reply = await api.LogInAsync(new(email, password), cancellationToken);
        return new(
            api.Server.ToString(), reply.AccessToken ?? throw new Failure(ExitCode.Failed, $"{api.Server} gave no token."),
            shell.Time.GetUtcNow().AddSeconds(reply.ExpiresIn), reply.RefreshToken);
    }
}
