using System.Buffers;

namespace Agents.Gateway.Forwarded;

internal static class Hosts
{
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_:[]");

    /// <summary>A host, with or without a port, that may be written into a header as it is.</summary>
    public static bool IsPlain(ReadOnlySpan<char> host) => host.Length is > 0 and <= 255 && !host.ContainsAnyExcept(Allowed);
}
