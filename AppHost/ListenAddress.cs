using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Agents.AppHost;

/// <summary>The gateway's address and port, from --listen, --port or HTTP_ADDR.</summary>
internal readonly record struct ListenAddress(string Address, int Port)
{
    public static ListenAddress Read(SettingValues values)
    {
        // Seed 003 writes ":8080": a port, and no wish to be seen by the world.
        var name = values.Find("listen") is not null ? "listen" : "http-addr";
        var (host, ownPort) = values.Find(name) is { } text ? Split(text, values.SourceOf(name)) : (null, null);
        var port = SettingsReader.Number(values, "port", ownPort ?? 8080, 1, 65535);

        // Two places may say the port, as long as they agree; HTTP_ADDR gives way to ours.
        return name == "listen" && ownPort is { } other && other != port
            ? throw new SettingException($"{values.SourceOf("listen")} says port {other} and {values.SourceOf("port")} says {port}.")
            : new ListenAddress(host ?? "127.0.0.1", port);
    }

    private static (string? Host, int? Port) Split(string text, string source)
    {
        if (text.StartsWith(':') && !text.StartsWith("::", StringComparison.Ordinal))
        {
            return (null, PortOf(text[1..]) ?? throw Wrong(text, source));
        }

        // The framework reads "443" as the address 0.0.1.187, and takes a port of 0 for none.
        var local = text.Replace("localhost", "127.0.0.1", StringComparison.OrdinalIgnoreCase);
        return IPEndPoint.TryParse(local, out var endpoint) && local.IndexOfAny(['.', ':']) >= 0 && !local.EndsWith(":0", StringComparison.Ordinal)
            ? (Text(endpoint.Address), endpoint.Port > 0 ? endpoint.Port : null)
            : throw Wrong(text, source);
    }

    private static string Text(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();

    private static int? PortOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536 ? port : null;

    private static SettingException Wrong(string text, string source) =>
        new($"{source}: '{text}' is not ADDRESS:PORT such as 0.0.0.0:443.");
}
