using Agents.Contracts.Realtime;
using Agents.Daemon.Config;
using Agents.Daemon.State;
using Microsoft.Extensions.Logging;

namespace Agents.Daemon.Link;

/// <summary>
/// Keeps the one connection of this device, with all its agents, up: whatever ends it, it comes back, except where
/// another daemon has taken the identity over.
/// </summary>
/// <param name="enrolment">Asked anew for each attempt: who enrols again need not restart the daemon.</param>
/// <param name="server">Where config.yaml says another address than the one enrolled at.</param>
internal sealed partial class DeviceLink(
    Func<Enrolment> enrolment, ServerAddress? server, ServerTrust trust, Signer signer, ServerClock clock, Outbox outbox, CarriedAgents agents,
    Func<HeartbeatIn> heartbeat, LinkStatus status, TimeProvider time, Func<double> random, ILogger log)
{
    public static readonly TimeSpan AttemptLimit = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan RefusedPause = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan LookPause = TimeSpan.FromSeconds(5);

    // The server tells whole seconds, and the way takes its time.
    private static readonly TimeSpan NotableOffset = TimeSpan.FromSeconds(5);

    private readonly SentFrames _sent = new(outbox);

    /// <summary>Called at the beginning of each connection.</summary>
    public Action? Connected { get; init; }

    /// <summary>Called where other agents live here than before.</summary>
    public Action? Relisted { get; init; }

    public WorkEars Ears { get; init; } = new();

    /// <summary>Ends when stopped, or with <see cref="EndKind.Replaced"/>.</summary>
    public async Task<LinkEnd> RunAsync(CancellationToken stop)
    {
        var failures = 0;
        while (true)
        {
            var device = enrolment();
            var (end, connectedFor) = await OnceAsync(device, stop);
            if (stop.IsCancellationRequested || end.Kind is EndKind.Replaced)
            {
                status.Is(LinkStates.Stopped, device, agents.All, end.Reason);
                return stop.IsCancellationRequested ? new(EndKind.Stopped, end.Reason) : end;
            }

            try
            {
                if (end.Kind is EndKind.Refused)
                {
                    status.Is(LinkStates.Refused, device, agents.All, end.Reason);
                    Log.Refused(log, device.DeviceId, end.Reason, RefusedPause.TotalMinutes);
                    await UntilEnrolledAgainAsync(device, stop);
                }
                else
                {
                    failures = Backoff.Failures(failures, connectedFor);
                    var pause = Backoff.Next(failures, random());
                    status.Is(LinkStates.Connecting, device, agents.All, end.Reason);
                    Log.Lost(log, end.Reason, pause.TotalSeconds);
                    await Task.Delay(pause, time, stop);
                }
            }
            catch (OperationCanceledException)
            {
                status.Is(LinkStates.Stopped, device, agents.All, end.Reason);
                return new(EndKind.Stopped, end.Reason);
            }
        }
    }

    private async Task<(LinkEnd End, TimeSpan ConnectedFor)> OnceAsync(Enrolment device, CancellationToken stop)
    {
        var address = server ?? ServerAddress.Parse(device.Server);
        using var limit = new CancellationTokenSource(AttemptLimit, time);
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        try
        {
            signer.Renew();
            var (socket, end) = await Handshake.OpenAsync(address, trust, device.DeviceId, device.DeviceToken, attempt.Token);
            if (socket is null)
            {
                return (end!, TimeSpan.Zero);
            }

            using (socket)
            {
                var reader = new FrameReader(socket, log);
                (var ok, end) = await Handshake.AgreeAsync(socket, reader, attempt.Token);
                if (ok is null)
                {
                    return (end!, TimeSpan.Zero);
                }

                var began = time.GetTimestamp();
                outbox.Connected();
                clock.Set(ok.ServerTime);
                agents.Replace((ok.Agents ?? []).Select(agent => new CarriedAgent(agent.Id, agent.Name, agent.Type)));
                status.Is(LinkStates.Connected, device, agents.All);
                Log.Connected(log, address, device.DeviceId, agents.All.Count);
                Connected?.Invoke();
                Relisted?.Invoke();
                if (clock.Offset.Duration() > NotableOffset)
                {
                    Log.ClockDiffers(log, clock.Offset.TotalSeconds);
                }

                var arrivals = new Arrivals(agents, _sent, () => Relist(device), Ears, log);
                var interval = TimeSpan.FromSeconds(Math.Clamp(ok.HeartbeatInterval, 1, 300));
                using var writer = new FrameWriter(socket, signer, _sent);
                using var connection = new Connection(socket, reader, writer, outbox, _sent, arrivals, heartbeat, interval, time, log);
                end = await connection.RunAsync(stop);
                return (end, time.GetElapsedTime(began));
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return (LinkEnd.Lost(limit.IsCancellationRequested ? $"{address} did not agree within {AttemptLimit.TotalSeconds:0} s" : e.Message), TimeSpan.Zero);
        }
        finally
        {
            outbox.Disconnected();
        }
    }

    private void Relist(Enrolment device)
    {
        status.Is(LinkStates.Connected, device, agents.All);
        Relisted?.Invoke();
    }

    private async Task UntilEnrolledAgainAsync(Enrolment refused, CancellationToken stop)
    {
        for (var began = time.GetTimestamp(); time.GetElapsedTime(began) < RefusedPause && enrolment().DeviceToken == refused.DeviceToken;)
        {
            await Task.Delay(LookPause, time, stop);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Connected to {Server} as {Device} with {Agents} agents")]
        public static partial void Connected(ILogger log, ServerAddress server, string device, int agents);

        [LoggerMessage(LogLevel.Warning, "The server's clock is {Seconds:0} s ahead of this machine's; what is sent is dated by the server's")]
        public static partial void ClockDiffers(ILogger log, double seconds);

        [LoggerMessage(LogLevel.Warning, "Not connected: {Reason}; the next attempt is in {Seconds:0.0} s")]
        public static partial void Lost(ILogger log, string reason, double seconds);

        [LoggerMessage(LogLevel.Error, "The server refuses this device ({Device}): {Reason}. Enrol it again: 'ccc generate-token --device-id {Device}', then 'ccc connect --token TOKEN'; this daemon takes that up by itself. Until then it asks every {Minutes:0} min")]
        public static partial void Refused(ILogger log, string device, string reason, double minutes);
    }
}
