using System.Globalization;
using System.Net;

namespace Agents.AppHost;

/// <summary>Turns what was set into settings, or says what is wrong with it.</summary>
internal static class SettingsReader
{
    private static readonly string[] Services = ["identity", "registry", "posts", "scheduler", "realtime"];

    public static Settings Read(SettingValues values, string root)
    {
        var isDevelopment = OneOf(values, "app-env", "dev", "prod") == "dev";
        var listen = ListenAddress.Read(values);
        var settings = new Settings
        {
            Data = Path.GetFullPath(values.Find("data") ?? ".data", root),
            DataIsGiven = values.Find("data") is not null,
            Address = listen.Address,
            Port = listen.Port,
            GrpcPort = Number(values, "grpc-port", 9090, 1, 65535),
            TlsCertificate = ExistingFile(values, "tls-cert", root),
            TlsKey = ExistingFile(values, "tls-key", root),
            TrustedProxies = Networks(values),
            CorsOrigins = Origins(values),
            AdminEmail = values.Find("admin-email") ?? "admin@localhost",
            AdminPassword = Sized(values, "admin-password", 8, 128),
            MasterKey = Sized(values, "master-key", 32, 4096),
            IsDevelopment = isDevelopment,
            OpenRegistration = (OneOf(values, "open-registration", "true", "false", "1", "0", "on", "off") ?? (isDevelopment ? "true" : "false")) is "true" or "1" or "on",
            Postgres = values.Find("postgres") ?? (values.Find("db-dsn") is { } dsn ? DatabaseUrl.ToConnectionString(dsn) : null),
            Redis = values.Find("redis") ?? RedisOf(values),
            Replicas = ReplicasOf(values),
            LocalDevice = !values.Flag("no-local-device")
        };

        return Checked(settings, values);
    }

    private static Settings Checked(Settings settings, SettingValues values)
    {
        if ((settings.TlsCertificate is null) != (settings.TlsKey is null))
        {
            throw new SettingException("TLS wants both, AGENTS_TLS_CERT and AGENTS_TLS_KEY.");
        }

        if (settings.Port == settings.GrpcPort)
        {
            throw new SettingException($"The gateway and gRPC cannot share port {settings.Port}; change --port or --grpc-port.");
        }

        if (!IPAddress.IsLoopback(IPAddress.Parse(settings.Address.Trim('[', ']'))) && settings.TlsCertificate is null && settings.TrustedProxies is null)
        {
            throw new SettingException(
                $"{values.SourceOf("listen")} is beyond this machine, and without TLS passwords and tokens would travel in the clear: "
                + "set AGENTS_TLS_CERT and AGENTS_TLS_KEY, or name the proxies in front in AGENTS_TRUSTED_PROXIES.");
        }

        return settings.AdminEmail.Contains('@')
            ? settings
            : throw new SettingException($"{values.SourceOf("admin-email")}: '{settings.AdminEmail}' is not an email address.");
    }

    internal static int Number(SettingValues values, string name, int fallback, int min, int max)
    {
        if (values.Find(name) is not { } text)
        {
            return fallback;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw new SettingException($"{values.SourceOf(name)}: '{text}' is not a number from {min} to {max}.");
    }

    private static string? OneOf(SettingValues values, string name, params string[] allowed) =>
        values.Find(name) is not { } text || allowed.Contains(text)
            ? values.Find(name)
            : throw new SettingException($"{values.SourceOf(name)}: '{text}' is none of {string.Join(", ", allowed)}.");

    private static string? Sized(SettingValues values, string name, int min, int max) =>
        values.Find(name) is not { } text || (text.Length >= min && text.Length <= max)
            ? values.Find(name)
            : throw new SettingException($"{values.SourceOf(name)} has {text.Length} characters; {min} to {max} are allowed.");

    private static string? ExistingFile(SettingValues values, string name, string root)
    {
        if (values.Find(name) is not { } path)
        {
            return null;
        }

        var full = Path.GetFullPath(path, root);
        return File.Exists(full) ? full : throw new SettingException($"{values.SourceOf(name)}: there is no file {full}.");
    }

    private static string? Networks(SettingValues values)
    {
        foreach (var network in List(values, "trusted-proxies"))
        {
            if (!IPAddress.TryParse(network, out _) && !IPNetwork.TryParse(network, out _))
            {
                throw new SettingException($"{values.SourceOf("trusted-proxies")}: '{network}' is neither an address nor a network such as 10.0.0.0/8.");
            }
        }

        return values.Find("trusted-proxies");
    }

    private static string? Origins(SettingValues values)
    {
        foreach (var origin in List(values, "cors-origins"))
        {
            if (!Uri.TryCreate(origin, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.PathAndQuery != "/")
            {
                throw new SettingException($"{values.SourceOf("cors-origins")}: '{origin}' is not an origin such as https://app.example.org.");
            }
        }

        return values.Find("cors-origins");
    }

    private static string? RedisOf(SettingValues values) => (values.Find("redis-addr"), values.Find("redis-password")) switch
    {
        (null, _) => null,
        ({ } address, null) => address,
        ({ } address, { } password) => $"{address},password={password}"
    };

    private static Dictionary<string, int> ReplicasOf(SettingValues values)
    {
        var replicas = new Dictionary<string, int>();
        foreach (var part in List(values, "replicas"))
        {
            if (part.Split('=') is not [var service, var text] || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is < 1 or > 16)
            {
                throw new SettingException($"{values.SourceOf("replicas")}: '{part}' is not NAME=NUMBER with a number from 1 to 16.");
            }

            replicas[service] = Services.Contains(service)
                ? count
                : throw new SettingException($"{values.SourceOf("replicas")}: '{service}' is none of {string.Join(", ", Services)}.");
        }

        return replicas;
    }

    private static string[] List(SettingValues values, string name) =>
        values.Find(name)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
