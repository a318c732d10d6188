using Npgsql;

namespace Agents.AppHost;

/// <summary>DB_DSN, as seed 003 writes it.</summary>
internal static class DatabaseUrl
{
    public static string ToConnectionString(string url)
    {
        if (url.StartsWith("sqlite:", StringComparison.OrdinalIgnoreCase))
        {
            throw new SettingException("DB_DSN: SQLite is not used here; leave DB_DSN out, PostgreSQL comes along by itself.");
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("postgres" or "postgresql") || uri.Host.Length == 0)
        {
            throw new SettingException("DB_DSN is not of the form postgres://user:password@host:5432/database?sslmode=disable.");
        }

        var builder = new NpgsqlConnectionStringBuilder { Host = uri.Host, Port = uri.Port > 0 ? uri.Port : 5432 };
        if (uri.UserInfo.Split(':', 2) is [{ Length: > 0 } user, .. var rest])
        {
            builder.Username = Uri.UnescapeDataString(user);
            builder.Password = rest is [var password] ? Uri.UnescapeDataString(password) : null;
        }

        if (uri.AbsolutePath.Trim('/') is { Length: > 0 } database)
        {
            builder.Database = Uri.UnescapeDataString(database);
        }

        foreach (var option in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            Apply(builder, option.Split('=', 2));
        }

        return builder.ConnectionString;
    }

    private static void Apply(NpgsqlConnectionStringBuilder builder, string[] option)
    {
        try
        {
            var key = option[0] switch { "sslmode" => "SSL Mode", "connect_timeout" => "Timeout", "application_name" => "Application Name", _ => option[0] };
            builder[key] = Uri.UnescapeDataString(option.ElementAtOrDefault(1) ?? "").Replace("-", "");
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException)
        {
            throw new SettingException($"DB_DSN: '{string.Join('=', option)}' is not an option that is understood here.");
        }
    }
}
