using Microsoft.Extensions.Configuration;

namespace Agents.Hosting.Engine;

/// <summary>Section <c>Engine</c> of the app host's configuration.</summary>
internal sealed class EngineOptions
{
    public const string DataPathKey = "Engine:DataPath";

    /// <summary>Databases, keys and logs.</summary>
    public string DataPath { get; set; } = ".data";

    /// <summary>Tests: no fixed port is used, so that they run beside a live application.</summary>
    public bool RandomizePorts { get; set; }

    /// <summary>Tests: the data folder goes when the application is disposed.</summary>
    public bool RemoveData { get; set; }

    /// <summary><c>container</c>, <c>local</c> or <c>embedded</c>: this way to PostgreSQL and no other.</summary>
    public string? Postgres { get; set; }

    public static EngineOptions From(IConfiguration configuration)
    {
        var options = configuration.GetSection("Engine").Get<EngineOptions>() ?? new EngineOptions();
        options.DataPath = Path.GetFullPath(options.DataPath);
        options.Postgres ??= configuration["AGENTS_POSTGRES"];
        return options;
    }
}
