using Agents.Contracts.Realtime;
using Agents.Contracts.Registry;

namespace Agents.Realtime.Hub;

/// <summary>An agent that came with its device's token is the agent only as long as it is that device's.</summary>
internal static class Belonging
{
    /// <param name="now">As Registry has it; null where it is gone.</param>
    public static void EndWhereLost(Connection connection, AgentPeer peer, KnownAgent? now)
    {
        if (peer.Device is { } device && now?.DeviceId != device.Id)
        {
            connection.Close(CloseCode.NotSignedIn, now is null ? "the agent was deleted" : "the agent is another device's now");
        }
        else if (peer.IsFlat && now is not null && now.Owner != peer.Agent.Owner)
        {
            // Whom it may see is its owner's affair, and was settled when it came.
            connection.Close(CloseCode.ComeAgain, "connect again");
        }
    }
}
