using System.CommandLine;
using System.Runtime.InteropServices;
using Agents.Daemon.Terminal;

namespace Agents.Daemon.Commands;

internal static class VersionCommand
{
    public static Command Create(Shell shell)
    {
        var command = new Command("version", "Which ccc this is.");
        command.SetAction(parse =>
        {
            var report = new VersionReport(Build.Version, Build.Os, Build.Arch, RuntimeInformation.FrameworkDescription);
            shell.Answer(parse, report, DaemonJson.Readable.VersionReport, people => people.Line($"ccc {report.Version} ({report.Os}/{report.Arch}, {report.Runtime})"));
            return ExitCode.Ok;
        });
        return command;
    }
}
