using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Agents.Tests.App.Gateway;

public sealed class TlsTests
{
    [Fact(DisplayName = "With a certificate the gateway speaks HTTPS with HSTS, and gRPC over TLS")]
    public async Task Https()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var (certificate, key) = Write(folder.FullName);
            await using var gateway = await GatewayAlone.StartAsync(_ => { }, ("AGENTS_TLS_CERT", certificate), ("AGENTS_TLS_KEY", key));
            using var http = new HttpClient(new SocketsHttpHandler
            {
                SslOptions = { RemoteCertificateValidationCallback = (_, presented, _, _) => presented!.Subject is "CN=agents.test" },
            });

            using var page = await http.GetAsync($"https://127.0.0.1:{gateway.Port}/alive", TestContext.Current.CancellationToken);
            using var grpc = await http.SendAsync(
                new(HttpMethod.Get, $"https://127.0.0.1:{gateway.GrpcPort}/nothing") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact },
                TestContext.Current.CancellationToken);

            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            Assert.Contains("max-age=", page.Headers.GetValues("Strict-Transport-Security").Single());
            Assert.Equal(HttpVersion.Version20, grpc.Version);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static (string Certificate, string Key) Write(string folder)
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=agents.test", pair, HashAlgorithmName.SHA256)
            .CreateSelfSigned(new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2099, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var files = (Path.Combine(folder, "cert.pem"), Path.Combine(folder, "key.pem"));
        File.WriteAllText(files.Item1, certificate.ExportCertificatePem());
        File.WriteAllText(files.Item2, pair.ExportPkcs8PrivateKeyPem());
        return files;
    }
}
