using Agents.Identity.Keys;

namespace Agents.Tests.Units.Identity;

public sealed class KeyScopeTests
{
    [Theory]
    [InlineData("admin", "admin,operator,user,viewer")]
    [InlineData("operator", "operator,user,viewer")]
    [InlineData("user", "user,viewer")]
    [InlineData("viewer", "viewer")]
    [InlineData("agent", "")]
    public void Covered_ByAnOwner_AreTheRolesUpToItsOwn(string owner, string covered) =>
        Assert.Equal(covered, string.Join(',', KeyScope.Covered(["admin", "operator", "user", "viewer"], [owner])));
}
