using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Agents.ServiceDefaults.Auth;

namespace Agents.Tests.Units.Auth;

public sealed class JwtTests : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose() => _key.Dispose();

    [Fact]
    public void Open_SignedByUs_GivesTheClaimsBack()
    {
        var claims = Tokens.Claims();

        var token = Jwt.Sign(claims, _key, "k1");

        Assert.Equal("k1", Jwt.KeyIdOf(token));
        Assert.Equivalent(claims, Jwt.Open(token, _key));
    }

    [Fact]
    public void Open_OneBitFlippedAnywhere_IsNull()
    {
        var token = Jwt.Sign(Tokens.Claims(), _key, "k1");
        for (var i = 0; i < token.Length; i += 7)
        {
            if (token[i] is '.')
            {
                continue;
            }

            var tampered = token.ToCharArray();
            // Not the last character of a part alone: its lowest bits may be padding that decodes to the same bytes.
            tampered[i] = tampered[i] is 'A' ? 'Q' : 'A';
            Assert.Null(Jwt.KeyIdOf(new(tampered)) is null ? null : Jwt.Open(new(tampered), _key));
        }
    }

    [Theory]
    [InlineData("""{"alg":"none","typ":"JWT","kid":"k1"}""")]
    [InlineData("""{"alg":"HS256","typ":"JWT","kid":"k1"}""")]
    [InlineData("""{"alg":"RS256","typ":"JWT","kid":"k1"}""")]
    [InlineData("""{"alg":"es256","typ":"JWT","kid":"k1"}""")]
    [InlineData("""{"alg":"ES256","typ":"JWT"}""")]
    [InlineData("""["ES256"]""")]
    [InlineData("null")]
    [InlineData("")]
    public void KeyIdOf_AnythingButES256WithAKid_IsNull(string header) =>
        Assert.Null(Jwt.KeyIdOf($"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.e30.c2ln"));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a.b")]
    [InlineData("a.b.c.d")]
    [InlineData("%%%.e30.c2ln")]
    public void KeyIdOf_NotAToken_IsNull(string token) => Assert.Null(Jwt.KeyIdOf(token));

    [Fact]
    public void Open_SignedByAnotherKey_IsNull()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        Assert.Null(Jwt.Open(Jwt.Sign(Tokens.Claims(), other, "k1"), _key));
    }

    [Fact]
    public void KeyIdOf_LongerThanAnyOfOurs_IsNotParsed() =>
        Assert.Null(Jwt.KeyIdOf(Jwt.Sign(Tokens.Claims() with { Name = new('x', 10_000) }, _key, "k1")));
}
