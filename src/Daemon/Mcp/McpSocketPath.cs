using System.Security.Cryptography;
using System.Text;

namespace Agents.Daemon.Mcp;

/// <summary>Where the socket lies. Pure.</summary>
internal static class McpSocketPath
{
    /// <summary>The system takes no longer one, with the null at its end.</summary>
    private const int Longest = 107;

    /// <summary>In the state folder; where its path is too long, in a folder of this user's alone among the temporary ones.</summary>
    public static string Of(string stateFolder)
    {
        var path = Path.Combine(stateFolder, "mcp", "socket");
        return Encoding.UTF8.GetByteCount(path) <= Longest
            ? path
            : Path.Combine("/tmp", $"ccc-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(stateFolder)))[..32]}", "socket");
    }
}
