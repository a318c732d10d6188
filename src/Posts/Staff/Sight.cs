using Agents.Contracts.Registry;
using Agents.ServiceDefaults.Auth;

namespace Agents.Posts.Staff;

internal static class Sight
{
    public static bool IsSeenBy(this KnownAgent agent, Caller caller) =>
        caller.IsOperator || agent.Visibility is AgentVisibility.Public || agent.Owner == caller.Id;
}
