using Agents.ServiceDefaults.Auth;

namespace Agents.Tests.Units.Auth;

public sealed class ServiceCredentialTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly ServiceCredential _ours;

    public ServiceCredentialTests() => _ours = new(new string('k', 40), _time);

    [Fact]
    public void Verify_OurOwn_IsTheName() => Assert.Equal("scheduler", _ours.Verify(_ours.Issue("scheduler")));

    [Fact]
    public void Verify_WithAnotherKey_IsNull() => Assert.Null(new ServiceCredential(new string('x', 40), _time).Verify(_ours.Issue("scheduler")));

    [Fact]
    public void Verify_UnderAnotherName_IsNull() =>
        Assert.Null(_ours.Verify(_ours.Issue("scheduler").Replace("scheduler", "identity", StringComparison.Ordinal)));

    [Fact]
    public void Verify_FiveMinutesLater_IsNull()
    {
        var credential = _ours.Issue("scheduler");

        _time.Advance(TimeSpan.FromMinutes(5));

        Assert.Null(_ours.Verify(credential));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("a.x.y")]
    [InlineData("a.99999999999999999999.y")]
    [InlineData("a.9223372036854775807.y")]
    [InlineData("a.-5.y")]
    [InlineData("a.1.ü")]
    public void Verify_Nonsense_IsNull(string credential) => Assert.Null(_ours.Verify(credential));
}
