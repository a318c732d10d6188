namespace Agents.Hosting.Engine;

/// <summary>
/// A child inherits PATH, HOME, OTEL_* and the like. What configures this process or the application as a whole (databases,
/// keys, ports) it gets only where the app host hands it on.
/// </summary>
internal static class InheritedEnvironment
{
    private static readonly string[] Prefixes =
        ["AGENTS_", "ConnectionStrings__", "Parameters__", "Engine__", "services__", "ASPNETCORE_", "POSTGRES_", "PG"];

    private static readonly string[] Names =
        ["HTTP_PORTS", "HTTPS_PORTS", "URLS", "DOTNET_ENVIRONMENT", "DOTNET_LAUNCH_PROFILE", "APP_ENV", "HTTP_ADDR", "DB_DSN", "REDIS_ADDR", "REDIS_PASSWORD", "JWT_SECRET"];

    public static void Apply(IDictionary<string, string?> environment)
    {
        foreach (var name in environment.Keys.Where(IsOurs).ToList())
        {
            environment.Remove(name);
        }
    }

    public static bool IsOurs(string name) =>
        Prefixes.Any(p => name.StartsWith(p, StringComparison.OrdinalIgnoreCase)) || Names.Contains(name, StringComparer.OrdinalIgnoreCase);
}
