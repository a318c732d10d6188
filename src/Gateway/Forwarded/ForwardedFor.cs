using System.Net;
using Microsoft.Extensions.Primitives;

namespace Agents.Gateway.Forwarded;

/// <summary>Who asks and how, after what trusted proxies say. Pure.</summary>
internal readonly record struct ForwardedFor(IPAddress Client, string? Proto, string? Host)
{
    /// <summary>
    /// Each proxy appends whom it heard from, so the list is read from its end, as far as the hops are trusted. What
    /// stands before the first address that is not is what that client claims.
    /// </summary>
    public static ForwardedFor Read(IPAddress remote, StringValues chain, StringValues protos, StringValues hosts, TrustedProxies trusted)
    {
        var hops = Entries(chain);
        var client = remote;
        var at = hops.Length;
        while (at > 0 && trusted.Trusts(client) && IPEndPoint.TryParse(hops[at - 1], out var hop))
        {
            client = Plain(hop.Address);
            at--;
        }

        return new(client, Said(protos, hops.Length, at) is { } proto && IsScheme(proto) ? proto.ToLowerInvariant() : null, HostOf(Said(hosts, hops.Length, at)));
    }

    /// <summary>Clients that reach us by IPv4 on a socket for both look like ::ffff:1.2.3.4.</summary>
    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static string[] Entries(StringValues values) =>
        values.ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The outermost trusted proxy's word where each hop gave one, else the only one there is: the last.</summary>
    private static string? Said(StringValues values, int hops, int at)
    {
        var entries = Entries(values);
        return entries.Length == 0 ? null : entries.Length == hops && at < hops ? entries[at] : entries[^1];
    }

    private static bool IsScheme(string proto) =>
        proto.Equals("http", StringComparison.OrdinalIgnoreCase) || proto.Equals("https", StringComparison.OrdinalIgnoreCase);

    private static string? HostOf(string? host) => host is not null && Hosts.IsPlain(host) ? host : null;
}
