using System.Net;
using System.Security.Cryptography;
using Agents.Contracts.Identity;
using Agents.Gateway.Edge;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Revocations;
using Agents.Tests.Units.Auth;
using Microsoft.Extensions.Logging.Abstractions;
using Refit;

namespace Agents.Tests.Units.Gateway;

public sealed class ApiKeysTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly KeyedIdentity _identity;
    private readonly RevokedTokens _revoked;
    private readonly ApiKeys _keys;

    public ApiKeysTests()
    {
        _identity = new(_time);
        _revoked = new(_time);
        _revoked.Take(new(0, []));
        _keys = new(_identity, new(new(_identity, _time, NullLogger<SigningKeyCache>.Instance), _revoked, _time), _time);
    }

    public void Dispose() => _identity.Dispose();

    private ValueTask<(string Token, AccessClaims Claims)?> ExchangeAsync(string _key) => _keys.ExchangeAsync(_key, TestContext.Current.CancellationToken);

    [Fact]
    public async Task Exchange_AGoodKey_AsksOnceForManyRequests()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => ExchangeAsync("ak_good").AsTask()));

        Assert.All(answers, answer => Assert.Equal("u1", answer!.Value.Claims.Sub));
        Assert.Equal(1, _identity.Asked);
        Assert.True(_keys.Knows("ak_good"));
    }

    [Fact]
    public async Task Exchange_ShortlyBeforeTheTokenEnds_AsksAgain()
    {
        await ExchangeAsync("ak_good");
        _time.Advance(TimeSpan.FromMinutes(58));
        await ExchangeAsync("ak_good");
        Assert.Equal(1, _identity.Asked);

        _time.Advance(TimeSpan.FromMinutes(1.5));

        Assert.NotNull(await ExchangeAsync("ak_good"));
        Assert.Equal(2, _identity.Asked);
    }

    [Fact]
    public async Task Exchange_AnUnknownKey_IsRememberedForSecondsOnly()
    {
        Assert.Null(await ExchangeAsync("ak_bad"));
        Assert.Null(await ExchangeAsync("ak_bad"));
        Assert.Equal(1, _identity.Asked);

        _time.Advance(TimeSpan.FromSeconds(6));

        Assert.Null(await ExchangeAsync("ak_bad"));
        Assert.Equal(2, _identity.Asked);
    }

    [Fact]
    public async Task Exchange_ADeletedKey_IsNoGoodAtOnce()
    {
        await ExchangeAsync("ak_good");
        _identity.Deleted = true;

        _revoked.Take(new(1, [new(1, RevocationKind.Session, "s1", 0, _time.GetUtcNow().AddHours(1))]));

        Assert.Null(await ExchangeAsync("ak_good"));
    }

    [Fact]
    public async Task Exchange_AfterItsOwnersRolesChanged_HasATokenOfTheNewVersion()
    {
        await ExchangeAsync("ak_good");
        _identity.Version = 4;

        _revoked.Take(new(1, [new(1, RevocationKind.User, "u1", 4, _time.GetUtcNow().AddHours(1))]));

        Assert.Equal(4, (await ExchangeAsync("ak_good"))!.Value.Claims.Ver);
    }

    [Fact]
    public async Task Exchange_WhileIdentityIsDown_FailsAndIsNotRemembered()
    {
        _identity.Down = true;
        await Assert.ThrowsAsync<HttpRequestException>(() => ExchangeAsync("ak_good").AsTask());

        _identity.Down = false;

        Assert.NotNull(await ExchangeAsync("ak_good"));
    }

    /// <summary>Identity as far as keys go, with a real signing key.</summary>
    private sealed class KeyedIdentity(TimeProvider _time) : IIdentityInternal, IDisposable
    {
        private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        private int _asked;

        public int Asked => _asked;

        public bool Deleted { get; set; }

        public bool Down { get; set; }

        public int Version { get; set; } = 3;

        public void Dispose() => _key.Dispose();

        public Task<KeySet> GetKeysAsync(CancellationToken cancellationToken)
        {
            var point = _key.ExportParameters(false).Q;
            return Task.FromResult(new KeySet(
                [new("EC", "P-256", Base64(point.X!), Base64(point.Y!), "k1", "sig", AccessToken.Algorithm)]));
        }

        public async Task<ExchangedKey> ExchangeKeyAsync(ExchangeKey request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _asked);
            await Task.Yield();
            if (Down)
            {
                throw new HttpRequestException(HttpRequestError.ConnectionError);
            }

            if (Deleted || request.Key != "ak_good")
            {
                using var response = new HttpResponseMessage(HttpStatusCode.NotFound);
                throw await ApiException.Create(new(HttpMethod.Post, "http://identity/"), HttpMethod.Post, response, new());
            }

            var now = _time.GetUtcNow();
            var claims = Tokens.Claims() with { Ver = Version, Iat = now.ToUnixTimeSeconds(), Nbf = now.ToUnixTimeSeconds(), Exp = now.AddHours(1).ToUnixTimeSeconds() };
            return new(Jwt.Sign(claims, _key, "k1"), now.AddHours(1));
        }

        public Task<RevocationPage> GetRevocationsAsync(long after, int wait, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<RedeemedTicket> RedeemTicketAsync(RedeemTicket request, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<KnownUsers> FindUsersAsync(UserIds users, CancellationToken cancellationToken) => throw new NotSupportedException();

        private static string Base64(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
    }
}
