using System.CommandLine;
using Agents.Contracts;
using Agents.Contracts.Registry;
using Agents.Daemon.Server;
using Agents.Daemon.Terminal;

namespace Agents.Daemon.Commands;

internal static class GenerateTokenCommand
{
    private static readonly Option<string?> DeviceId = new("--device-id") { Description = "Only this device may use it; a device that is enrolled already may come with a new key" };
    private static readonly Option<string?> Expires = new("--expires") { Description = "How long it is good: 30m, 1h (the default), 2d; at most 7d" };
    private static readonly Option<string?> Server = ServerChoice.NewOption();

    public static Command Create(Shell shell)
    {
        var command = new Command("generate-token", "Make a token with which one machine can enrol, once. Takes an operator.") { DeviceId, Expires, Server };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, shell, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, Shell shell, CancellationToken cancellationToken)
    {
        var device = parse.GetValue(DeviceId);
        if (device is not null && !Ids.IsValid(device))
        {
            throw new Failure(ExitCode.Usage, $"'{device}' can't be a device's id: 1 to 128 of A-Z a-z 0-9 . _ -");
        }

        int? seconds = parse.GetValue(Expires) is not { } text ? null
            : Durations.TryParse(text, out var duration) && duration.TotalSeconds <= EnrolmentTokenRequest.MaxSeconds ? (int)duration.TotalSeconds
            : throw new Failure(ExitCode.Usage, $"'{text}' is no time that a token can be good for: write 30m, 1h or 2d, at most 7d.");
        using var server = await SignedIn.RequiredAsync(shell.Folders, ServerChoice.Asked(parse.GetValue(Server)), shell.Time, cancellationToken);
        var token = await server.Api.EnrolmentTokenAsync(new(device, seconds), server.Credential, cancellationToken);
        shell.Answer(parse, new(token.Token, token.ExpiresAt, server.Api.Server.ToString()), DaemonJson.Readable.TokenReport, people =>
        {
            people.Line(token.Token);
            if (!Console.IsOutputRedirected)
            {
                people.Note($"Good for one machine until {token.ExpiresAt.ToLocalTime():yyyy-MM-dd HH:mm}. On that machine:");
                people.Note($"  ccc connect --server {server.Api.Server} --token {token.Token}{(device is null ? "" : $" --device-id {device}")}");
            }
        });
        return ExitCode.Ok;
    }
}
