using Agents.Gateway.Edge;
using Microsoft.Extensions.Primitives;

namespace Agents.Tests.Units.Gateway;

public sealed class CredentialTests
{
    // By name, because a public test cannot speak of an internal enum in its signature.
    [Theory]
    [InlineData("Bearer eyJhbGciOiJFUzI1NiJ9.eyJ9.sig", "Token", "eyJhbGciOiJFUzI1NiJ9.eyJ9.sig")]
    [InlineData("bearer  eyJ.b.c ", "Token", "eyJ.b.c")]
    [InlineData("Bearer ak_123", "Key", "ak_123")]
    [InlineData("Bearer dt_123", "Foreign", "")]
    [InlineData("Bearer an.agents.token", "Foreign", "")]
    [InlineData("Basic dXNlcjpwYXNz", "Foreign", "")]
    [InlineData("Service scheduler.1.sig", "Forged", "")]
    [InlineData(" service x", "Forged", "")]
    [InlineData("Service", "Forged", "")]
    public void Of_Header_IsItsKind(string header, string kind, string secret)
    {
        var credential = Credential.Of(header);

        Assert.Equal(kind, credential.Kind.ToString());
        Assert.Equal(secret, credential.Secret);
    }

    [Fact]
    public void Of_Nothing_IsNone() => Assert.Equal(CredentialKind.None, Credential.Of(default).Kind);

    [Fact]
    public void Of_TwoHeaders_IsForged() =>
        Assert.Equal(CredentialKind.Forged, Credential.Of(new StringValues(["Bearer dt_1", "Service x.1.y"])).Kind);
}
