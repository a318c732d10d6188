using Agents.Contracts.Realtime;
using Agents.Daemon.Link;
using Agents.Daemon.State;
using Microsoft.Extensions.Logging;

namespace Agents.Daemon.Programs;

/// <summary>
/// Tells the server all about the machine at each connection, and then what has changed, looking every minute. That the
/// socket took it does not mean that the server knows, so it is told again; there, what is nothing new is written nowhere.
/// </summary>
internal sealed partial class UpdateLoop(
    Folders folders, IReadOnlyDictionary<string, string> labels, Inventory inventory, Outbox outbox, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private DeviceUpdate? _waiting;
    private TaskCompletionSource _wake = New();
    private int _wanted;
    private int _told;

    public void Connected()
    {
        Interlocked.Increment(ref _wanted);
        Wake();
    }

    public async Task RunAsync(CancellationToken stop)
    {
        while (true)
        {
            await WaitAsync(stop);
            try
            {
                await LookAsync(stop);
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                Log.Failed(log, e);
            }
        }
    }

    private async Task WaitAsync(CancellationToken stop)
    {
        try
        {
            await Volatile.Read(ref _wake).Task.WaitAsync(Every, time, stop);
        }
        catch (TimeoutException)
        {
            // Time to look again.
        }

        Volatile.Write(ref _wake, New());
    }

    private async Task LookAsync(CancellationToken stop)
    {
        // Read after the wait was begun anew, so that a connection in between is seen now or wakes again.
        var wanted = Volatile.Read(ref _wanted);
        if (Volatile.Read(ref _waiting) is not null || Enrolment.Read(folders) is not { } device)
        {
            return;
        }

        var mine = MachineFacts.Labels(device.Labels, labels);
        var now = MachineFacts.Of(Environment.MachineName, await inventory.ScanAsync(stop), mine);
        var told = Told.Read(folders);
        var everything = MachineFacts.Everything(told, now);
        if ((wanted != _told ? everything : MachineFacts.Changes(told, now)) is { } facts)
        {
            Volatile.Write(ref _waiting, wanted != _told ? MachineFacts.Remembered(told, now) : everything);
            await outbox.PutAsync(OutFrame.Of(FrameType.DeviceUpdate, facts, DaemonJson.Wire.DeviceUpdate, Sent, () => Refused(everything)), stop);
            _told = wanted;
        }
    }

    /// <summary>All again at the next look: by then what was refused may be old.</summary>
    private void Refused(DeviceUpdate everything)
    {
        Remember(everything);
        Interlocked.Increment(ref _wanted);
    }

    private void Sent()
    {
        // Remembered only now, so that a daemon that dies before tells it again.
        if (Interlocked.Exchange(ref _waiting, null) is not { } told)
        {
            return;
        }

        Remember(told);
        if (Volatile.Read(ref _wanted) != Volatile.Read(ref _told))
        {
            Wake();
        }
    }

    private void Remember(DeviceUpdate told)
    {
        try
        {
            Told.Write(folders, told);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or Failure)
        {
            Log.Failed(log, e);
        }
    }

    private void Wake() => Volatile.Read(ref _wake).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "What is installed here can't be looked at just now; it is tried again")]
        public static partial void Failed(ILogger log, Exception exception);
    }
}
