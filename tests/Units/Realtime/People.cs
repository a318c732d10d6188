using Agents.Contracts;
using Agents.Realtime.Hub;
using Agents.ServiceDefaults.Auth;

namespace Agents.Tests.Units.Realtime;

/// <summary>People of a test's own.</summary>
internal static class People
{
    public static PersonPeer Person(string id, string role = Roles.User, string? watched = null) =>
        new(new AccessClaims("", "", id, "", 1, "", [role], id, 0, 0, 0), "page", watched);
}
