using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Agents.Gateway.Limits;

/// <summary>An address as limits count it: IPv4 whole, IPv6 by its /64, since that is what one household or host gets. Pure.</summary>
internal static class AddressKey
{
    public static UInt128 Of(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        return address.AddressFamily is AddressFamily.InterNetwork
            ? BinaryPrimitives.ReadUInt32BigEndian(bytes)
            : new UInt128(BinaryPrimitives.ReadUInt64BigEndian(bytes), 0);
    }

    public static UInt128 Of(HttpContext context) => Of(context.Connection.RemoteIpAddress ?? IPAddress.Loopback);
}
