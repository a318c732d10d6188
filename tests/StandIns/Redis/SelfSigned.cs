using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Agents.Tests.StandIns.Redis;

/// <summary>A certificate for an hour of testing, as the files that a server reads from its folder.</summary>
internal static class SelfSigned
{
    internal const string Certificate = "certificate.pem";
    internal const string Key = "key.pem";

    internal static async Task WriteAsync(string folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddHours(-1), now.AddHours(1));

        await File.WriteAllTextAsync(Path.Combine(folder, Certificate), certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(Path.Combine(folder, Key), key.ExportPkcs8PrivateKeyPem());
    }
}
