using Agents.Daemon.State;
using Microsoft.Extensions.Logging;

namespace Agents.Daemon.Link;

/// <summary>Keeps the status file, from which <c>ccc status</c> tells a person how the daemon is.</summary>
internal sealed partial class LinkStatus(Folders folders, string? server, TimeProvider time, ILogger log)
{
    private LinkReport? _last;

    public void Is(string state, Enrolment device, IReadOnlyList<CarriedAgent> agents, string? problem = null)
    {
        var since = _last is { } last && last.State == state && last.DeviceId == device.DeviceId ? last.Since : time.GetUtcNow();
        _last = new(Environment.ProcessId, state, since, server ?? device.Server, device.DeviceId, agents, problem);
        try
        {
            PrivateFile.Write(folders.StatusFile, _last, DaemonJson.Readable.LinkReport);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full disk is no reason to lose the connection.
            Log.NotWritten(log, folders.StatusFile, e.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{File} can't be written: {Problem}")]
        public static partial void NotWritten(ILogger log, string file, string problem);
    }
}
