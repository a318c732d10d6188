using Agents.Contracts.Realtime;
using Agents.Daemon.Link;
using Agents.Daemon.State;
using Microsoft.Extensions.Logging;

namespace Agents.Daemon.Programs;

/// <summary>Looks every minute whether the machine has changed, and tells the server what has.</summary>
internal sealed partial class UpdateLoop(
    Folders folders, IReadOnlyDictionary<string, string> labels, Inventory inventory, Outbox outbox, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private DeviceUpdate? _waiting;

    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                await LookAsync(stop);
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                Log.Failed(log, e);
            }
        }
        while (await timer.WaitForNextTickAsync(stop));
    }

    private async Task LookAsync(CancellationToken stop)
    {
        if (Enrolment.Read(folders) is not { } device)
        {
            return;
        }

        var mine = labels.Concat(device.Labels ?? new Dictionary<string, string>()).DistinctBy(label => label.Key).ToDictionary();
        var now = MachineFacts.Of(Environment.MachineName, await inventory.ScanAsync(stop), mine);
        if (Volatile.Read(ref _waiting) is null && MachineFacts.Changes(Told.Read(folders), now) is { } changes)
        {
            Volatile.Write(ref _waiting, now);
            await outbox.PutAsync(OutFrame.Of(FrameType.DeviceUpdate, changes, DaemonJson.Wire.DeviceUpdate, Sent), stop);
        }
    }

    private void Sent()
    {
        try
        {
            // Remembered only now, so that a daemon that dies before tells it again.
            if (Interlocked.Exchange(ref _waiting, null) is { } told)
            {
                Told.Write(folders, told);
                Log.ServerKnows(log);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or Failure)
        {
            Log.Failed(log, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "What is installed here can't be looked at just now; it is tried again")]
        public static partial void Failed(ILogger log, Exception exception);

        [LoggerMessage(LogLevel.Information, "The machine has changed, and the server knows")]
        public static partial void ServerKnows(ILogger log);
    }
}
