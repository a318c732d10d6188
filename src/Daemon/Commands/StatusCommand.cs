using System.CommandLine;
using Agents.Contracts.Registry;
using Agents.Daemon.Config;
using Agents.Daemon.Server;
using Agents.Daemon.State;
using Agents.Daemon.Terminal;
using Agents.Daemon.Work;

namespace Agents.Daemon.Commands;

internal static class StatusCommand
{
    public static Command Create(Shell shell)
    {
        var command = new Command("status", "How this device is: where it is enrolled, whether it is connected, what it carries. Exit code 0 only where it is connected.");
        command.SetAction((parse, cancellationToken) => RunAsync(parse, shell, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, Shell shell, CancellationToken cancellationToken)
    {
        var enrolment = Enrolment.Required(shell.Folders);
        // Its last words outlive a daemon that was killed, and are not those of the one that runs now.
        var daemon = DaemonLock.Holder(shell.Folders) is not { } pid ? null
            : LinkReport.Read(shell.Folders) is { } said && said.Pid == pid ? said
            : new LinkReport(pid, LinkStates.Connecting, shell.Time.GetUtcNow(), enrolment.Server, enrolment.DeviceId, []);
        var (device, problem) = await AskServerAsync(shell, enrolment, cancellationToken);
        var report = new StatusReport(enrolment.DeviceId, enrolment.Server, enrolment.EnrolledAt, daemon, device, problem);
        shell.Answer(parse, report, DaemonJson.Readable.StatusReport, people => Tell(people, report));
        return daemon?.State is LinkStates.Connected ? ExitCode.Ok : ExitCode.Failed;
    }

    private static async Task<(DeviceView? Device, string? Problem)> AskServerAsync(Shell shell, Enrolment enrolment, CancellationToken cancellationToken)
    {
        try
        {
            using var server = await SignedIn.TryAsync(shell.Folders, ServerAddress.Parse(enrolment.Server), shell.Time, cancellationToken);
            return server is null ? (null, null)
                : await server.Api.DeviceAsync(enrolment.DeviceId, server.Credential, cancellationToken) is { } device ? (device, null)
                : (null, "The server knows no such device, or you may not see it.");
        }
        catch (Failure failure)
        {
            return (null, failure.Message);
        }
    }

    private static string Named(Shell people, CarriedAgent agent) =>
        AgentConfigs.Read(people.Folders, agent.Id)?.Version is { } version ? $"{agent.Name} (version {version})" : agent.Name;

    private static void Tell(Shell people, StatusReport report)
    {
        var now = people.Time.GetUtcNow();
        people.Line($"Device {report.DeviceId}, enrolled at {report.Server} on {report.EnrolledAt.ToLocalTime():yyyy-MM-dd HH:mm}.");
        people.Line(report.Daemon switch
        {
            null => "No daemon runs here: 'ccc daemon' starts one.",
            { State: LinkStates.Connected } daemon => $"Connected to {daemon.Server} for {Durations.Ago(now - daemon.Since)} (process {daemon.Pid}).",
            { State: LinkStates.Refused } daemon => $"The server refuses this device: {daemon.Problem}. Enrol it again: 'ccc generate-token --device-id {daemon.DeviceId}', then 'ccc connect --token TOKEN'.",
            var daemon => $"Not connected to {daemon.Server} for {Durations.Ago(now - daemon.Since)}{(daemon.Problem is null ? "" : $": {daemon.Problem}")}. The daemon (process {daemon.Pid}) keeps trying.",
        });
        if (report.Daemon is { Agents: { Count: > 0 } agents })
        {
            people.Line($"Agents: {string.Join(", ", agents.Select(agent => Named(people, agent)))}");
        }

        if (report.Device is { } device)
        {
            var seen = device.LastSeen is { } last && device.Status is PresenceStatus.Offline ? $", last seen {Durations.Ago(now - last)} ago" : "";
            people.Line($"The server sees it {device.Status}{seen}{(device.Draining ? ", draining" : "")}, with {device.Agents} agents and room for {device.Concurrency} tasks.");
        }
        else if (report.Problem is { } problem)
        {
            people.Line($"The server's own view is not to be had: {problem}");
        }
    }
}
