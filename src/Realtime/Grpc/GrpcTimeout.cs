using System.Globalization;

namespace Agents.Realtime.Grpc;

/// <summary>The header grpc-timeout: up to eight digits and a unit. Pure.</summary>
internal static class GrpcTimeout
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(24);

    /// <summary>Null where there is none. One that can't be read is none, as other servers have it.</summary>
    public static TimeSpan? Parse(string? header)
    {
        if (header is not { Length: >= 2 and <= 9 } || !long.TryParse(header.AsSpan(..^1), NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            return null;
        }

        double? seconds = header[^1] switch
        {
            'H' => value * 3600.0,
            'M' => value * 60.0,
            'S' => value,
            'm' => value / 1e3,
            'u' => value / 1e6,
            'n' => value / 1e9,
            _ => null,
        };
        return seconds is not { } given ? null : given >= Longest.TotalSeconds ? Longest : TimeSpan.FromSeconds(given);
    }
}
