using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Agents.Tests.App.Daemon;

/// <summary>A CA that no machine knows, and a server's certificate that it signed for this machine.</summary>
internal sealed class OwnCa : IDisposable
{
    private static readonly DateTimeOffset From = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset To = new(2099, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ca-");

    public OwnCa()
    {
        using var caKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var caRequest = new CertificateRequest("CN=a CA of our own", caKey, HashAlgorithmName.SHA256);
        caRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var ca = caRequest.CreateSelfSigned(From, To);

        using var serverKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=agents.test", serverKey, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var server = request.Create(ca, From, To, [1, 2, 3]);

        Pem = ca.ExportCertificatePem();
        File.WriteAllText(Certificate, server.ExportCertificatePem());
        File.WriteAllText(Key, serverKey.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>The CA's own certificate.</summary>
    public string Pem { get; }

    public string Certificate => Path.Combine(_folder.FullName, "server.pem");

    public string Key => Path.Combine(_folder.FullName, "server.key");

    public void Dispose() => _folder.Delete(recursive: true);
}
