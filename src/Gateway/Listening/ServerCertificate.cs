using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Agents.Gateway.Listening;

/// <summary>The certificate of AGENTS_TLS_CERT and its key, read anew when the files have changed.</summary>
internal sealed class ServerCertificate
{
    private readonly string _certificatePath;
    private readonly string _keyPath;
    private volatile Loaded _current;

    /// <exception cref="BadSetting">The files cannot be used.</exception>
    public ServerCertificate(string certificatePath, string keyPath)
    {
        _certificatePath = certificatePath;
        _keyPath = keyPath;
        _current = Load();
    }

    /// <summary>Kestrel writes into what it gets, so each connection has its own.</summary>
    public SslServerAuthenticationOptions ForOneConnection() => new() { ServerCertificateContext = _current.Context };

    /// <summary>True where there was something new to read.</summary>
    /// <exception cref="BadSetting">There is, and it cannot be used; the old one stays.</exception>
    public bool Refresh()
    {
        if (Stamp() == _current.Stamp)
        {
            return false;
        }

        _current = Load();
        return true;
    }

    private Loaded Load()
    {
        foreach (var (setting, path) in new[] { ("AGENTS_TLS_CERT", _certificatePath), ("AGENTS_TLS_KEY", _keyPath) })
        {
            if (!File.Exists(path))
            {
                throw new BadSetting($"{setting} names the file {path}, which is not there.");
            }
        }

        var stamp = Stamp();
        try
        {
            var certificate = X509Certificate2.CreateFromPemFile(_certificatePath, _keyPath);
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(_certificatePath);
            return new(SslStreamCertificateContext.Create(certificate, chain, offline: true), stamp);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new BadSetting($"the certificate {_certificatePath} with the key {_keyPath} cannot be used: {e.Message}");
        }
    }

    private (DateTime, DateTime) Stamp() => (File.GetLastWriteTimeUtc(_certificatePath), File.GetLastWriteTimeUtc(_keyPath));

    private sealed record Loaded(SslStreamCertificateContext Context, (DateTime, DateTime) Stamp);
}
