using System.CommandLine;
using Agents.Daemon.Config;
using Agents.Daemon.State;
using Agents.Daemon.Terminal;

namespace Agents.Daemon.Commands;

internal static class ConnectCommand
{
    private static readonly Option<string?> Token = new("--token") { Description = "From 'ccc generate-token'" };
    private static readonly Option<bool> TokenStdin = new("--token-stdin") { Description = "Read the token from standard input, where no other user sees it" };
    private static readonly Option<string?> Server = ServerChoice.NewOption();
    private static readonly Option<string?> DeviceId = new("--device-id") { Description = "Else it is made from the host's name and a mark of the machine" };
    private static readonly Option<string?> Name = new("--name") { Description = "How people call this machine; its label 'name'" };
    private static readonly Option<string[]> Label = new("--label") { Description = "key=value, as often as needed: for placing work" };
    private static readonly Option<int?> Concurrency = new("--concurrency") { Description = "How many tasks at once, all agents together" };
    private static readonly Option<string?> ConfigFile = new("--config") { Description = "Another config.yaml" };
    private static readonly Option<bool> Run = new("--run") { Description = "Go on as the daemon, in the foreground" };

    public static Command Create(Shell shell)
    {
        var command = new Command("connect", "Enrol this machine as a device. Then 'ccc daemon' keeps it connected.")
        {
            Token, TokenStdin, Server, DeviceId, Name, Label, Concurrency, ConfigFile, Run,
        };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, shell, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, Shell shell, CancellationToken cancellationToken)
    {
        var token = parse.GetValue(TokenStdin) ? shell.ReadLine("token")
            : parse.GetValue(Token) ?? throw new Failure(ExitCode.Usage, "With which token? 'ccc generate-token' makes one: 'ccc connect --token TOKEN'.");
        var config = Config.ConfigFile.Read(shell.Folders, parse.GetValue(ConfigFile));
        foreach (var warning in config.Warnings)
        {
            shell.Note($"ccc: {warning}");
        }

        var labels = Labels(parse.GetValue(Label) ?? []);
        var server = ServerChoice.ForDevice(parse.GetValue(Server), config, shell.Folders);
        var enrolling = new Enrolling(shell.Folders, shell.Time)
        {
            DeviceId = parse.GetValue(DeviceId) ?? config.DeviceId,
            Name = parse.GetValue(Name),
            Labels = labels,
            ConfigLabels = config.Labels,
            Concurrency = parse.GetValue(Concurrency) ?? config.Concurrency,
            Trust = config.Trust,
        };
        var report = await enrolling.EnrolAsync(server, token, cancellationToken);
        var runs = parse.GetValue(Run);
        shell.Answer(parse, report, DaemonJson.Readable.ConnectedReport, people => Tell(people, report, config, runs));
        if (runs)
        {
            await DaemonCommand.RunAsync(shell, config, debug: false, cancellationToken);
        }

        return ExitCode.Ok;
    }

    private static void Tell(Shell people, ConnectedReport report, DaemonConfig config, bool runs)
    {
        people.Line($"This machine is enrolled at {report.Server} as {report.DeviceId}.");
        people.Line(report.Capabilities.Count > 0 ? $"It can offer {string.Join(", ", report.Capabilities)}." : "None of the AI programs was found; install one, and the daemon tells the server.");
        if (config.Server is { } other && other.ToString() != report.Server)
        {
            people.Note($"ccc: {people.Folders.ConfigFile} names another server ({other}), and the daemon will use that one.");
        }

        if (DaemonLock.Holder(people.Folders) is { } pid)
        {
            people.Line($"The daemon that runs here (process {pid}) takes this up by itself at its next connection.");
        }
        else if (!runs)
        {
            people.Line("Now 'ccc daemon' keeps it connected, and 'ccc daemon --install' does so for good.");
        }
    }

    private static Dictionary<string, string> Labels(IEnumerable<string> written)
    {
        var labels = new Dictionary<string, string>();
        foreach (var label in written)
        {
            if (label.Split('=', 2) is not [{ Length: > 0 } key, var value])
            {
                throw new Failure(ExitCode.Usage, $"'{label}' is no label: write --label key=value.");
            }

            labels[key] = value;
        }

        return labels;
    }
}
