using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Agents.Daemon.Config;

/// <summary>Whose certificates a server may have: those that this machine trusts, or only those of config.yaml's <c>server.ca_file</c>.</summary>
internal sealed record ServerTrust(string? CaFile = null)
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(10);

    /// <summary>The file is read for each, so that a new CA need not wait for the daemon's next start.</summary>
    /// <exception cref="IOException">The file can't be read.</exception>
    public SocketsHttpHandler NewHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = ConnectLimit,
        SslOptions = CaFile is null ? new() : new SslClientAuthenticationOptions { CertificateChainPolicy = PolicyOf(CaFile) },
    };

    /// <summary>Null where it can be used.</summary>
    public string? Problem
    {
        get
        {
            try
            {
                using var handler = NewHandler();
                return null;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return e.Message;
            }
        }
    }

    private static X509ChainPolicy PolicyOf(string file)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(file);
        }
        catch (CryptographicException e)
        {
            throw new IOException($"{file} has a certificate in it that can't be read ({e.Message.TrimEnd('.')}).", e);
        }

        return policy.CustomTrustStore.Count > 0 ? policy : throw new IOException($"{file} has no certificate in it; it must be PEM, with a line -----BEGIN CERTIFICATE-----.");
    }
}
