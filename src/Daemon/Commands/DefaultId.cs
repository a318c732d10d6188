using System.Security.Cryptography;
using System.Text;
using Agents.Contracts;

namespace Agents.Daemon.Commands;

/// <summary>An id for a machine that was given none: readable, the same each time, and unlike that of a machine of the same name.</summary>
internal static class DefaultId
{
    private const int MaxName = 48;
    private const int MarkLength = 6;

    public static string Of(string hostname, ReadOnlySpan<byte> mark)
    {
        var name = string.Concat(hostname.ToLowerInvariant().Select(c => Ids.IsValid([c]) ? c : '-')).Trim('-', '.');
        name = name.Length == 0 ? "device" : name[..Math.Min(name.Length, MaxName)];
        return $"{name}-{Convert.ToHexStringLower(SHA256.HashData(mark))[..MarkLength]}";
    }

    /// <summary>Null where the system has none that a user may read. It is hashed, as its manual wants it.</summary>
    public static byte[]? MarkOfMachine()
    {
        try
        {
            return OperatingSystem.IsLinux() && File.ReadAllText("/etc/machine-id").Trim() is { Length: > 0 } id ? Encoding.ASCII.GetBytes($"ccc:{id}") : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
