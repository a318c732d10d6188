using Agents.Contracts.Realtime;

namespace Agents.Daemon.State;

/// <summary>
/// What the server was last told about this machine. A file of its own: the daemon writes it at any time, and must never
/// write an old credential back over the one that <c>ccc connect</c> has just stored.
/// </summary>
internal static class Told
{
    public static DeviceUpdate? Read(Folders folders) => PrivateFile.Read(folders.ToldFile, DaemonJson.Readable.DeviceUpdate);

    public static void Write(Folders folders, DeviceUpdate told) => PrivateFile.Write(folders.ToldFile, told, DaemonJson.Readable.DeviceUpdate);
}
