namespace Agents.Gateway.Listening;

/// <summary>Where the gateway listens, from its settings. Pure.</summary>
internal sealed record ListenSettings(IReadOnlyList<ListenAddress> Web, IReadOnlyList<ListenAddress> Grpc, string? CertificatePath, string? KeyPath)
{
    private const string DefaultWeb = "127.0.0.1:8080";
    private const string DefaultGrpc = "127.0.0.1:9090";

    public bool Tls => CertificatePath is not null;

    /// <exception cref="BadSetting">A setting cannot be read, or would send passwords over the network in clear text.</exception>
    public static ListenSettings Read(IConfiguration configuration)
    {
        var certificate = Text(configuration, "AGENTS_TLS_CERT");
        var key = Text(configuration, "AGENTS_TLS_KEY");
        if ((certificate is null) != (key is null))
        {
            throw new BadSetting("AGENTS_TLS_CERT and AGENTS_TLS_KEY belong together: set both, to PEM files, or neither.");
        }

        var listen = Text(configuration, "AGENTS_LISTEN");
        var web = listen is null ? OfPlatform(configuration) : ListenAddress.ParseList("AGENTS_LISTEN", listen);
        var grpc = ListenAddress.ParseList("AGENTS_GRPC_LISTEN", Text(configuration, "AGENTS_GRPC_LISTEN") ?? DefaultGrpc);

        // What the platform says (HTTP_PORTS in a container) is behind the platform's own door.
        var chosen = listen is null ? grpc : [.. web, .. grpc];
        if (certificate is null && !IsBehindADoor(configuration) && chosen.FirstOrDefault(a => !a.IsLoopback) is { } open)
        {
            throw new BadSetting(
                $"port {open.Port} would be reachable from other machines without TLS. Set AGENTS_TLS_CERT and AGENTS_TLS_KEY, or name the proxies that end TLS in AGENTS_TRUSTED_PROXIES.");
        }

        return new(web, grpc, certificate, key);
    }

    /// <summary>ASP.NET's own switch is how a cloud says that nothing but its door, which ends TLS, can reach this port.</summary>
    private static bool IsBehindADoor(IConfiguration configuration) =>
        Text(configuration, "AGENTS_TRUSTED_PROXIES") is not null
        || string.Equals(Text(configuration, "FORWARDEDHEADERS_ENABLED"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>As for any ASP.NET service: URLs first, then ports on all addresses.</summary>
    private static IReadOnlyList<ListenAddress> OfPlatform(IConfiguration configuration)
    {
        if (Text(configuration, WebHostDefaults.ServerUrlsKey) is { } urls)
        {
            return [.. urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(url => ListenAddress.OfUrl(BindingAddress.Parse(url)))];
        }

        return Text(configuration, WebHostDefaults.HttpPortsKey) is { } ports
            ? [.. ports.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .SelectMany(port => ListenAddress.ParseList("HTTP_PORTS", "*:" + port))]
            : ListenAddress.ParseList("", DefaultWeb);
    }

    private static string? Text(IConfiguration configuration, string name) =>
        string.IsNullOrWhiteSpace(configuration[name]) ? null : configuration[name]!.Trim();
}
