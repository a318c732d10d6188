using Agents.ServiceDefaults.Auth;

namespace Agents.Tests.Units.Auth;

public sealed class ServiceCredentialTests
{
    private readonly ManualTimeProvider time = new();
    private readonly ServiceCredential ours;

    public ServiceCredentialTests() => ours = new(new string('k', 40), time);

    [Fact]
    public void Verify_OurOwn_IsTheName() => Assert.Equal("scheduler", ours.Verify(ours.Issue("scheduler")));

    [Fact]
    public void Verify_WithAnotherKey_IsNull() => Assert.Null(new ServiceCredential(new string('x', 40), time).Verify(ours.Issue("scheduler")));

    [Fact]
    public void Verify_UnderAnotherName_IsNull() =>
        Assert.Null(ours.Verify(ours.Issue("scheduler").Replace("scheduler", "identity", StringComparison.Ordinal)));

    [Fact]
    public void Verify_FiveMinutesLater_IsNull()
    {
        var credential = ours.Issue("scheduler");

        time.Advance(TimeSpan.FromMinutes(5));

        Assert.Null(ours.Verify(credential));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("a.x.y")]
    [InlineData("a.99999999999999999999.y")]
    [InlineData("a.9223372036854775807.y")]
    [InlineData("a.-5.y")]
    [InlineData("a.1.ü")]
    public void Verify_Nonsense_IsNull(string credential) => Assert.Null(ours.Verify(credential));
}
