using Agents.Contracts.Registry;
using Agents.Realtime.Hub;

namespace Agents.Tests.Units.Realtime;

/// <summary>Connections of a test's own, as they come from their admission.</summary>
internal static class Presences
{
    public static Connection Device(TimeProvider time, string id, IReadOnlyList<KnownAgent> agents, long asOf = 0) =>
        new Wire().Connect(new DevicePeer(id, 1, [], true) { Agents = agents, AsOf = asOf }, new(), time);

    public static Connection Agent(TimeProvider time, KnownAgent agent, long asOf = 0) =>
        new Wire().Connect(new AgentPeer(agent) { AsOf = asOf }, new(), time);
}
