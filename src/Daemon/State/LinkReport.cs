namespace Agents.Daemon.State;

/// <summary>What the running daemon says of itself, for <c>ccc status</c>.</summary>
/// <param name="State">See <see cref="LinkStates"/>.</param>
/// <param name="Since">Since when it is in this state.</param>
/// <param name="Problem">Why the last connection ended, or could not be made.</param>
internal sealed record LinkReport(
    int Pid, string State, DateTimeOffset Since, string Server, string DeviceId, IReadOnlyList<CarriedAgent> Agents, string? Problem = null)
{
    public static LinkReport? Read(Folders folders) => PrivateFile.Read(folders.StatusFile, DaemonJson.Readable.LinkReport);
}

internal sealed record CarriedAgent(string Id, string Name, string Type);

internal static class LinkStates
{
    public const string Connecting = "connecting";
    public const string Connected = "connected";

    /// <summary>The server does not take this device's credential.</summary>
    public const string Refused = "refused";

    public const string Stopped = "stopped";
}
