using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Secrets;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Gateway;

/// <summary>Tokens by somebody who knows our format well. One even holds the signing key, to be wrong in one point alone.</summary>
[Collection(WholeApp.Name)]
public sealed class TokenTests(AgentsApp app)
{
    [Fact(DisplayName = "A token as Identity signs it is good: the forger's tools work")]
    public async Task Good() => (await AskAsync(await ForgeAsync(claims => claims))).Is(200, 0);

    [Fact(DisplayName = "Expired, not yet valid, too long-lived: refused")]
    public async Task Times()
    {
        await RefusedAsync(claims => claims with { Iat = claims.Iat - 7200, Nbf = claims.Nbf - 7200, Exp = claims.Exp - 7200 });
        await RefusedAsync(claims => claims with { Nbf = claims.Nbf + 600 });
        await RefusedAsync(claims => claims with { Exp = claims.Exp + 86_400 });
    }

    [Fact(DisplayName = "For others, by others, without a session or an id: refused")]
    public async Task Claims()
    {
        await RefusedAsync(claims => claims with { Aud = "others" });
        await RefusedAsync(claims => claims with { Iss = "others" });
        await RefusedAsync(claims => claims with { Sid = "" });
        await RefusedAsync(claims => claims with { Jti = "" });
    }

    [Fact(DisplayName = "Tampered with, in payload or signature: refused")]
    public async Task Tampered()
    {
        var parts = (await app.PersonAsync("viewer")).Api.Token!.Split('.');
        var payload = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1])).Replace("viewer", "admin", StringComparison.Ordinal);

        (await AskAsync($"{parts[0]}.{Encode(payload)}.{parts[2]}")).Is(401, 1002);
        (await AskAsync($"{parts[0]}.{parts[1]}.{parts[2][..^4]}AAAA")).Is(401, 1002);
        (await AskAsync($"{parts[0]}.{parts[1]}.")).Is(401, 1002);
    }

    [Theory(DisplayName = "alg none, in any spelling: refused")]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("nOnE")]
    public async Task None(string algorithm)
    {
        var payload = (await app.AdminAsync()).Token!.Split('.')[1];
        var (_, id) = await KeyAsync();

        foreach (var signature in new[] { "", "AAAA" })
        {
            (await AskAsync($"{Encode($$"""{"alg":"{{algorithm}}","typ":"JWT","kid":"{{id}}"}""")}.{payload}.{signature}")).Is(401, 1002);
        }
    }

    [Fact(DisplayName = "HS256 with the public key as the secret: refused")]
    public async Task ConfusedAlgorithm()
    {
        var payload = (await app.AdminAsync()).Token!.Split('.')[1];
        var (key, id) = await KeyAsync();
        var signed = $"{Encode($$"""{"alg":"HS256","typ":"JWT","kid":"{{id}}"}""")}.{payload}";
        using var jwks = await app.Anonymous().RawAsync(HttpMethod.Get, "/.well-known/jwks.json");
        byte[][] secrets =
        [
            key.ExportSubjectPublicKeyInfo(),
            Encoding.ASCII.GetBytes(key.ExportSubjectPublicKeyInfoPem()),
            await jwks.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken),
        ];

        foreach (var secret in secrets)
        {
            var signature = Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(signed)));
            (await AskAsync($"{signed}.{signature}")).Is(401, 1002);
        }
    }

    [Fact(DisplayName = "Signed by another key, under our key's name or its own: refused")]
    public async Task OtherKey()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (_, id) = await KeyAsync();

        (await AskAsync(Jwt.Sign(await ClaimsAsync(), other, id))).Is(401, 1002);
        (await AskAsync(Jwt.Sign(await ClaimsAsync(), other, "another"))).Is(401, 1002);
    }

    [Theory(DisplayName = "Junk, a service's credential from outside, another scheme: refused")]
    [InlineData("Bearer x.y.z")]
    [InlineData("Bearer ")]
    [InlineData("Basic YWRtaW46YWRtaW4=")]
    [InlineData("Service gateway.1.x")]
    public async Task Junk(string header) => (await app.Anonymous().GetAsync("/api/v1/auth/me", ("Authorization", header))).Is(401, 1002);

    private async Task RefusedAsync(Func<AccessClaims, AccessClaims> wrong) => (await AskAsync(await ForgeAsync(wrong))).Is(401, 1002);

    private Task<Answer> AskAsync(string token) => app.Anonymous().With(token).GetAsync("/api/v1/auth/me");

    private async Task<string> ForgeAsync(Func<AccessClaims, AccessClaims> change)
    {
        var (key, id) = await KeyAsync();
        return Jwt.Sign(change(await ClaimsAsync()), key, id);
    }

    private async Task<AccessClaims> ClaimsAsync()
    {
        var token = (await app.AdminAsync()).Token!;
        var (key, _) = await KeyAsync();
        return Jwt.Open(token, key)!;
    }

    /// <summary>What only a thief of database and master key would have.</summary>
    private async Task<(ECDsa Key, string Id)> KeyAsync()
    {
        var row = await Database.SingleAsync(
            app.App, "identitydb", "SELECT id, wrapped_private_key FROM signing_keys ORDER BY created_at DESC LIMIT 1");
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(new MasterKey(AgentsApp.MasterKey).Unwrap((byte[])row[1], "signing-key"), out _);
        return (key, (string)row[0]);
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
