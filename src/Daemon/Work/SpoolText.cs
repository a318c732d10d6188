using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Agents.Daemon.Work;

/// <summary>A record as a file has it: a line with its length and checksum, and its JSON. What is not whole is not read. Pure.</summary>
internal static class SpoolText
{
    private const string Format = "ccc-spool-1";

    public static byte[] Write(SpoolRecord record)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(record, DaemonJson.Wire.SpoolRecord);
        return [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Format} {json.Length} {Convert.ToHexStringLower(SHA256.HashData(json))}\n")), .. json];
    }

    /// <summary>Null where it is torn, or another's.</summary>
    public static SpoolRecord? Read(ReadOnlySpan<byte> file)
    {
        var end = file.IndexOf((byte)'\n');
        if (end < 0 || Encoding.ASCII.GetString(file[..end]).Split(' ') is not [Format, var length, var checksum])
        {
            return null;
        }

        var json = file[(end + 1)..];
        if (json.Length.ToString(CultureInfo.InvariantCulture) != length || Convert.ToHexStringLower(SHA256.HashData(json)) != checksum)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(json, DaemonJson.Wire.SpoolRecord);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
