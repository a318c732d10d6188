using System.Net;
using System.Net.Sockets;

namespace Agents.Gateway.Listening;

/// <summary>Where to listen: an address, every address (null), or localhost by name.</summary>
internal sealed record ListenAddress(IPAddress? Address, int Port, bool Localhost = false)
{
    public bool IsLoopback => Localhost || (Address is not null && IPAddress.IsLoopback(Address));

    /// <summary>A list of <c>ip:port</c>, <c>[ip]:port</c>, <c>*:port</c>, <c>:port</c> or <c>localhost:port</c>.</summary>
    /// <exception cref="BadSetting">An entry is none of these.</exception>
    public static IReadOnlyList<ListenAddress> ParseList(string setting, string value) =>
        [.. value.Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(entry => Parse(entry) ?? throw new BadSetting(
                $"{setting} says '{entry}', which is no address to listen on. Write it like 127.0.0.1:8080, [::1]:8080 or *:8080."))];

    /// <summary>The host part of a URL as ASP.NET writes them: <c>http://+:8080</c>.</summary>
    public static ListenAddress OfUrl(BindingAddress url) => Of(url.Host, url.Port);

    private static ListenAddress? Parse(string entry)
    {
        var colon = entry.LastIndexOf(':');
        if (colon < 0 || !ushort.TryParse(entry.AsSpan(colon + 1), out var port))
        {
            return null;
        }

        var host = entry[..colon];
        var named = host is "" or "*" or "+" || host.Equals("localhost", StringComparison.OrdinalIgnoreCase);
        return named || (IPAddress.TryParse(host, out var address) && IsWritten(host, address)) ? Of(host, port) : null;
    }

    private static ListenAddress Of(string host, int port) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? new(IPAddress.Loopback, port, Localhost: true)
        : IPAddress.TryParse(host, out var address) ? new(address, port)
        : new(null, port);

    /// <summary>An IPv6 address wants brackets, an IPv4 address four numbers: "8080" alone would parse as one.</summary>
    private static bool IsWritten(string host, IPAddress address) =>
        address.AddressFamily is AddressFamily.InterNetworkV6 ? host.StartsWith('[') : host.Count(c => c == '.') == 3;
}
