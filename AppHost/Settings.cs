using Microsoft.Extensions.Configuration;

namespace Agents.AppHost;

/// <summary>Everything that can be set, with what holds where nothing is set.</summary>
internal sealed record Settings
{
    public required string Data { get; init; }
    public bool DataIsGiven { get; init; }
    public string Address { get; init; } = "127.0.0.1";
    public int Port { get; init; } = 8080;
    public int GrpcPort { get; init; } = 9090;
    public string? TlsCertificate { get; init; }
    public string? TlsKey { get; init; }
    public string? TrustedProxies { get; init; }
    public string? CorsOrigins { get; init; }
    public string AdminEmail { get; init; } = "admin@localhost";
    public string? AdminPassword { get; init; }
    public string? MasterKey { get; init; }
    public bool OpenRegistration { get; init; }
    public bool IsDevelopment { get; init; }
    public string? Postgres { get; init; }
    public string? Redis { get; init; }
    public IReadOnlyDictionary<string, int> Replicas { get; init; } = new Dictionary<string, int>();

    /// <summary>Whether this machine becomes a device.</summary>
    public bool LocalDevice { get; init; } = true;

    /// <summary>With TLS its certificate is for another name than this machine's own; who wants it enrols it by hand.</summary>
    public bool HasLocalDevice => LocalDevice && TlsCertificate is null;

    public string Scheme => TlsCertificate is null ? "http" : "https";
    public string Environment => IsDevelopment ? "Development" : "Production";
    public bool NeedsRedis => Redis is not null || Replicas.Values.Any(n => n > 1);

    public int ReplicasOf(string service) => Replicas.GetValueOrDefault(service, 1);

    /// <summary>null: there is nothing to run, and why was written.</summary>
    public static Settings? Read(string[] args, string root)
    {
        try
        {
            var values = SettingValues.Read(args, root);
            if (!values.Flag("help"))
            {
                return SettingsReader.Read(values, root);
            }

            Console.WriteLine(SettingNames.Help);
        }
        catch (SettingException e)
        {
            Console.Error.WriteLine(e.Message);
            System.Environment.ExitCode = 2;
        }

        return null;
    }

    /// <summary>Hands over what the hosting takes from the configuration.</summary>
    public void ApplyTo(IConfiguration configuration)
    {
        Set("Engine:DataPath", DataIsGiven ? Data : null);
        Set("ConnectionStrings:postgres", Postgres);
        Set("ConnectionStrings:redis", Redis);
        Set("Parameters:admin-password", AdminPassword);
        Set("Parameters:master-key", MasterKey);

        void Set(string key, string? value)
        {
            if (value is not null)
            {
                configuration[key] = value;
            }
        }
    }

    /// <summary>How the gateway meets the world.</summary>
    public void AddDoorTo(Dictionary<string, object> environment)
    {
        Add("AGENTS_TLS_CERT", TlsCertificate);
        Add("AGENTS_TLS_KEY", TlsKey);
        Add("AGENTS_TRUSTED_PROXIES", TrustedProxies);
        Add("AGENTS_CORS_ORIGINS", CorsOrigins);

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                environment[name] = value;
            }
        }
    }
}

/// <summary>A setting that cannot be used; the message is for the person who made it.</summary>
internal sealed class SettingException(string message) : Exception(message);
