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
    private readonly ManualTimeProvider time = new();
    private readonly KeyedIdentity identity;
    private readonly RevokedTokens revoked;
    private readonly ApiKeys keys;

    public ApiKeysTests()
    {
        identity = new(time);
        revoked = new(time);
        revoked.Take(new(0, []));
        keys = new(identity, new(new(identity, time, NullLogger<SigningKeyCache>.Instance), revoked, time), time);
    }

    public void Dispose() => identity.Dispose();

    private ValueTask<(string Token, AccessClaims Claims)?> ExchangeAsync(string key) => keys.ExchangeAsync(key, TestContext.Current.CancellationToken);

    [Fact]
    public async Task Exchange_AGoodKey_AsksOnceForManyRequests()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => ExchangeAsync("ak_good").AsTask()));

        Assert.All(answers, answer => Assert.Equal("u1", answer!.Value.Claims.Sub));
        Assert.Equal(1, identity.Asked);
        Assert.True(keys.Knows("ak_good"));
    }

    [Fact]
    public async Task Exchange_ShortlyBeforeTheTokenEnds_AsksAgain()
    {
        await ExchangeAsync("ak_good");
        time.Advance(TimeSpan.FromMinutes(58));
        await ExchangeAsync("ak_good");
        Assert.Equal(1, identity.Asked);

        time.Advance(TimeSpan.FromMinutes(1.5));

        Assert.NotNull(await ExchangeAsync("ak_good"));
        Assert.Equal(2, identity.Asked);
    }

    [Fact]
    public async Task Exchange_AnUnknownKey_IsRememberedForSecondsOnly()
    {
        Assert.Null(await ExchangeAsync("ak_bad"));
        Assert.Null(await ExchangeAsync("ak_bad"));
        Assert.Equal(1, identity.Asked);

        time.Advance(TimeSpan.FromSeconds(6));

        Assert.Null(await ExchangeAsync("ak_bad"));
        Assert.Equal(2, identity.Asked);
    }

    [Fact]
    public async Task Exchange_ADeletedKey_IsNoGoodAtOnce()
    {
        await ExchangeAsync("ak_good");
        identity.Deleted = true;

        revoked.Take(new(1, [new(1, RevocationKind.Session, "s1", 0, time.GetUtcNow().AddHours(1))]));

        Assert.Null(await ExchangeAsync("ak_good"));
    }

    [Fact]
    public async Task Exchange_AfterItsOwnersRolesChanged_HasATokenOfTheNewVersion()
    {
        await ExchangeAsync("ak_good");
        identity.Version = 4;

        revoked.Take(new(1, [new(1, RevocationKind.User, "u1", 4, time.GetUtcNow().AddHours(1))]));

        Assert.Equal(4, (await ExchangeAsync("ak_good"))!.Value.Claims.Ver);
    }

    [Fact]
    public async Task Exchange_WhileIdentityIsDown_FailsAndIsNotRemembered()
    {
        identity.Down = true;
        await Assert.ThrowsAsync<HttpRequestException>(() => ExchangeAsync("ak_good").AsTask());

        identity.Down = false;

        Assert.NotNull(await ExchangeAsync("ak_good"));
    }

    /// <summary>Identity as far as keys go, with a real signing key.</summary>
    private sealed class KeyedIdentity(TimeProvider time) : IIdentityInternal, IDisposable
    {
        private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        private int asked;

        public int Asked => asked;

        public bool Deleted { get; set; }

        public bool Down { get; set; }

        public int Version { get; set; } = 3;

        public void Dispose() => key.Dispose();

        public Task<KeySet> GetKeysAsync(CancellationToken cancellationToken)
        {
            var point = key.ExportParameters(false).Q;
            return Task.FromResult(new KeySet(
                [new("EC", "P-256", Base64(point.X!), Base64(point.Y!), "k1", "sig", AccessToken.Algorithm)]));
        }

        public async Task<ExchangedKey> ExchangeKeyAsync(ExchangeKey request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref asked);
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

            var now = time.GetUtcNow();
            var claims = Tokens.Claims() with { Ver = Version, Iat = now.ToUnixTimeSeconds(), Nbf = now.ToUnixTimeSeconds(), Exp = now.AddHours(1).ToUnixTimeSeconds() };
            return new(Jwt.Sign(claims, key, "k1"), now.AddHours(1));
        }

        public Task<RevocationPage> GetRevocationsAsync(long after, int wait, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<RedeemedTicket> RedeemTicketAsync(RedeemTicket request, CancellationToken cancellationToken) => throw new NotSupportedException();

        private static string Base64(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
    }
}
