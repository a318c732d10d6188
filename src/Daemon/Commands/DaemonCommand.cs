using System.CommandLine;
using Agents.Daemon.Config;
using Agents.Daemon.Install;
using Agents.Daemon.State;
using Agents.Daemon.Terminal;
using Microsoft.Extensions.Logging;

namespace Agents.Daemon.Commands;

internal static class DaemonCommand
{
    private const string TokenVariable = "CCC_TOKEN";

    private static readonly Option<string?> ConfigFile = new("--config") { Description = "Another config.yaml" };
    private static readonly Option<bool> Install = new("--install") { Description = "Have systemd start it, now and after each restart" };
    private static readonly Option<bool> Uninstall = new("--uninstall") { Description = "Take it out of systemd" };
    private static readonly Option<bool> System = new("--system") { Description = "As a service of the system, not of this user" };
    private static readonly Option<bool> Debug = new("--debug") { Description = "Say more in the log" };

    public static Command Create(Shell shell)
    {
        var command = new Command("daemon", "Keep this machine connected, in the foreground, until it is told to stop. With CCC_TOKEN set it enrols itself first.") { ConfigFile, Install, Uninstall, System, Debug };
        command.Validators.Add(result =>
        {
            if (result.GetValue(Install) && result.GetValue(Uninstall))
            {
                result.AddError("--install or --uninstall, not both.");
            }
            else if (result.GetValue(System) && !result.GetValue(Install) && !result.GetValue(Uninstall))
            {
                result.AddError("--system goes with --install or --uninstall.");
            }
        });
        command.SetAction((parse, cancellationToken) => ActAsync(parse, shell, cancellationToken));
        return command;
    }

    public static Task RunAsync(Shell shell, DaemonConfig config, bool debug, CancellationToken cancellationToken)
    {
        var log = new LineLog(shell.Error, debug ? LogLevel.Debug : LogLevel.Information, shell.Time);
        return new DaemonRun(shell.Folders, config, shell.Time, log).RunAsync(cancellationToken);
    }

    private static async Task<int> ActAsync(ParseResult parse, Shell shell, CancellationToken cancellationToken)
    {
        // Read first in any case: a service with a file that can't be read would only fail later, unseen.
        var path = parse.GetValue(ConfigFile);
        var config = Config.ConfigFile.Read(shell.Folders, path);
        if (parse.GetValue(Install))
        {
            return await InstallAsync(parse, shell, new(parse.GetValue(System)), path, cancellationToken);
        }

        if (parse.GetValue(Uninstall))
        {
            return await UninstallAsync(parse, shell, new(parse.GetValue(System)), cancellationToken);
        }

        if (Enrolment.Read(shell.Folders) is null && Environment.GetEnvironmentVariable(TokenVariable) is { Length: > 0 } token)
        {
            await EnrolAsync(shell, config, token, cancellationToken);
        }

        await RunAsync(shell, config, parse.GetValue(Debug), cancellationToken);
        return ExitCode.Ok;
    }

    /// <summary>Where nobody is there to type 'ccc connect': in a container, or under the app host.</summary>
    private static async Task EnrolAsync(Shell shell, DaemonConfig config, string token, CancellationToken cancellationToken)
    {
        var enrolling = new Enrolling(shell.Folders, shell.Time) { DeviceId = config.DeviceId, ConfigLabels = config.Labels, Concurrency = config.Concurrency, Trust = config.Trust };
        await enrolling.EnrolAsync(ServerChoice.ForDevice(null, config, shell.Folders), token, cancellationToken);
    }

    private static async Task<int> InstallAsync(ParseResult parse, Shell shell, Systemd systemd, string? config, CancellationToken cancellationToken)
    {
        var unit = systemd.Unit(shell.Folders, config);
        var obstacle = systemd.Obstacle;
        if (obstacle is null)
        {
            await systemd.InstallAsync(unit, shell.Time, cancellationToken);
        }

        shell.Answer(parse, new(systemd.UnitPath, obstacle is null, unit.Text, obstacle), DaemonJson.Readable.UnitReport, people =>
        {
            if (obstacle is not null)
            {
                people.Note($"ccc: {obstacle} Where it does, put this into {systemd.UnitPath}, then run 'systemctl {(unit.User is null ? "--user " : "")}enable --now {SystemdUnit.Name}':");
                people.Line(unit.Text);
                return;
            }

            people.Line($"Installed as {systemd.UnitPath}, and started.");
            if (unit.User is null)
            {
                people.Line($"It runs while you are signed in. To have it run always: 'loginctl enable-linger {Environment.UserName}'.");
            }
        });
        return obstacle is null ? ExitCode.Ok : ExitCode.Failed;
    }

    private static async Task<int> UninstallAsync(ParseResult parse, Shell shell, Systemd systemd, CancellationToken cancellationToken)
    {
        var obstacle = systemd.Obstacle;
        var done = obstacle is null && await systemd.UninstallAsync(shell.Time, cancellationToken);
        shell.Answer(parse, new(systemd.UnitPath, done, null, obstacle), DaemonJson.Readable.UnitReport, people =>
        {
            if (obstacle is not null)
            {
                people.Note($"ccc: {obstacle} If there is a file {systemd.UnitPath}, remove it.");
            }
            else
            {
                people.Line(done ? $"Stopped and removed: {systemd.UnitPath}." : $"There is no {systemd.UnitPath}.");
            }
        });
        return obstacle is null ? ExitCode.Ok : ExitCode.Failed;
    }
}
