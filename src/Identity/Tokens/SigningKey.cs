using System.Buffers.Text;
using System.Security.Cryptography;
using Agents.Contracts.Identity;
using Agents.ServiceDefaults.Secrets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Agents.Identity.Tokens;

/// <summary>A key pair for access tokens. The private half lies in the database only wrapped by the master key.</summary>
internal sealed class SigningKey
{
    private const string Purpose = "signing-key";

    public static readonly TimeSpan SignsFor = TimeSpan.FromDays(30);

    public required string Id { get; init; }

    public required byte[] WrappedPrivateKey { get; init; }

    public required byte[] X { get; init; }

    public required byte[] Y { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset SignsUntil => CreatedAt + SignsFor;

    /// <summary>Its last token has ended by then.</summary>
    public static DateTimeOffset OldestPublished(DateTimeOffset now) => now - SignsFor - AccessToken.Lifetime - AccessToken.Skew * 2;

    public static SigningKey Create(MasterKey master, TimeProvider time)
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = pair.ExportParameters(false).Q;
        return new()
        {
            Id = Guid.NewGuid().ToString("N"),
            WrappedPrivateKey = master.Wrap(pair.ExportPkcs8PrivateKey(), Purpose),
            X = point.X!,
            Y = point.Y!,
            CreatedAt = time.GetUtcNow(),
        };
    }

    public ECDsa Open(MasterKey master)
    {
        var pair = ECDsa.Create();
        pair.ImportPkcs8PrivateKey(master.Unwrap(WrappedPrivateKey, Purpose), out _);
        return pair;
    }

    public PublicKey ToPublicKey() =>
        new("EC", "P-256", Base64Url.EncodeToString(X), Base64Url.EncodeToString(Y), Id, "sig", AccessToken.Algorithm);

    public static void Describe(EntityTypeBuilder<SigningKey> key)
    {
        key.ToTable("signing_keys");
        key.HasKey(k => k.Id);
        key.Ignore(k => k.SignsUntil);
    }
}
