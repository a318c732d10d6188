using System.Net;

namespace Agents.Gateway.Forwarded;

/// <summary>The proxies of AGENTS_TRUSTED_PROXIES: what they forward counts, and nobody else's word does.</summary>
internal sealed class TrustedProxies(IReadOnlyList<IPNetwork> networks)
{
    public bool Any => networks.Count > 0;

    /// <summary>Addresses and CIDRs, separated by commas.</summary>
    /// <exception cref="BadSetting">An entry is neither.</exception>
    public static TrustedProxies Parse(string? setting) =>
        new([.. (setting ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Network)]);

    public bool Trusts(IPAddress address)
    {
        foreach (var network in networks)
        {
            if (network.Contains(address))
            {
                return true;
            }
        }

        return false;
    }

    private static IPNetwork Network(string entry)
    {
        var slash = entry.IndexOf('/');
        if (IPAddress.TryParse(slash < 0 ? entry : entry[..slash], out var address))
        {
            var whole = address.GetAddressBytes().Length * 8;
            if (slash < 0)
            {
                return new(address, whole);
            }

            if (byte.TryParse(entry.AsSpan(slash + 1), out var length) && length <= whole)
            {
                return new(First(address, length), length);
            }
        }

        throw new BadSetting($"AGENTS_TRUSTED_PROXIES says '{entry}', which is neither an address nor a range like 10.0.0.0/8.");
    }

    /// <summary>People write 10.1.2.3/8 and mean the range that it lies in.</summary>
    private static IPAddress First(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            var kept = Math.Clamp(length - (i * 8), 0, 8);
            bytes[i] &= (byte)(0xFF << (8 - kept));
        }

        return new(bytes);
    }
}
