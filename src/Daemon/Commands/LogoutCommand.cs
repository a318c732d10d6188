using System.CommandLine;
using Agents.Daemon.Server;
using Agents.Daemon.State;
using Agents.Daemon.Terminal;

namespace Agents.Daemon.Commands;

internal static class LogoutCommand
{
    public static Command Create(Shell shell)
    {
        var command = new Command("logout", "Sign out: the session ends at the server and is forgotten here. The device stays enrolled.");
        command.SetAction((parse, cancellationToken) => RunAsync(parse, shell, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, Shell shell, CancellationToken cancellationToken)
    {
        var session = Session.Read(shell.Folders);
        if (session is { ApiKey: null })
        {
            await EndAsync(shell, cancellationToken);
        }

        // Its folder need not be there, and without it deleting is an error.
        if (session is not null)
        {
            File.Delete(shell.Folders.SessionFile);
        }

        shell.Answer(
            parse, new(session?.Server), DaemonJson.Readable.SignedOutReport,
            people => people.Line(session is null ? "Nobody was signed in." : $"Signed out of {session.Server}."));
        return ExitCode.Ok;
    }

    private static async Task EndAsync(Shell shell, CancellationToken cancellationToken)
    {
        try
        {
            using var server = await SignedIn.TryAsync(shell.Folders, null, shell.Time, cancellationToken);
            if (server is not null)
            {
                await server.Api.LogOutAsync(server.Credential, cancellationToken);
            }
        }
        catch (Failure failure) when (failure.ExitCode is ExitCode.NotSignedIn)
        {
            // Over there already.
        }
        catch (Failure failure)
        {
            shell.Note($"ccc: forgotten here, but the server could not be told: {failure.Message}");
        }
    }
}
