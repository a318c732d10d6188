using Agents.Contracts.Identity;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Revocations;

namespace Agents.Tests.Units.Auth;

public sealed class RevokedTokensTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly RevokedTokens _revoked;

    public RevokedTokensTests() => _revoked = new(_time);

    private DateTimeOffset InAnHour => _time.GetUtcNow().AddHours(1);

    private ValueTask<bool> ContainsAsync(AccessClaims claims) => _revoked.ContainsAsync(claims, TestContext.Current.CancellationToken);

    [Fact]
    public async Task Contains_SessionEnded_IsTrueForItsTokensOnly()
    {
        _revoked.Take(new(1, [new(1, RevocationKind.Session, "s1", 0, InAnHour)]));

        Assert.True(await ContainsAsync(Tokens.Claims()));
        Assert.False(await ContainsAsync(Tokens.Claims() with { Sid = "s2" }));
    }

    [Fact]
    public async Task Contains_VersionRaised_IsTrueForOlderTokensOnly()
    {
        _revoked.Take(new(2, [new(1, RevocationKind.User, "u1", 5, InAnHour), new(2, RevocationKind.User, "u1", 4, InAnHour)]));

        Assert.True(await ContainsAsync(Tokens.Claims() with { Ver = 4 }));
        Assert.False(await ContainsAsync(Tokens.Claims() with { Ver = 5 }));
    }

    [Fact]
    public async Task Take_AfterTheLastTokenHasEnded_Forgets()
    {
        _revoked.Take(new(1, [new(1, RevocationKind.Session, "s1", 0, InAnHour)]));

        _time.Advance(TimeSpan.FromHours(2));
        _revoked.Take(new(1, []));

        Assert.False(await ContainsAsync(Tokens.Claims()));
    }

    [Fact]
    public void Take_AFeedThatBeganAnew_BeginsAnewAsWell()
    {
        _revoked.Take(new(9, [new(9, RevocationKind.Session, "s1", 0, InAnHour)]));
        Assert.Equal(9, _revoked.Last);

        _revoked.Take(new(0, []));

        Assert.Equal(0, _revoked.Last);
    }

    [Fact]
    public void Take_EachEntry_IsTold()
    {
        var told = new List<long>();
        _revoked.Revoked += revocation => told.Add(revocation.Seq);

        _revoked.Take(new(2, [new(1, RevocationKind.Session, "a", 0, InAnHour), new(2, RevocationKind.User, "b", 1, InAnHour)]));

        Assert.Equal([1, 2], told);
    }
}
