using System.Globalization;

namespace Agents.Daemon.Terminal;

/// <summary>How long, as people write it: <c>90s</c>, <c>30m</c>, <c>1h</c>, <c>7d</c>.</summary>
internal static class Durations
{
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        if (text.Length < 2 || !int.TryParse(text.AsSpan(..^1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 100_000)
        {
            return false;
        }

        duration = text[^1] switch
        {
            's' => TimeSpan.FromSeconds(number),
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            'd' => TimeSpan.FromDays(number),
            _ => default,
        };
        return duration > TimeSpan.Zero;
    }

    /// <summary>As people say it: the largest unit alone.</summary>
    public static string Ago(TimeSpan ago) =>
        ago < TimeSpan.FromMinutes(2) ? $"{Math.Max(0, (int)ago.TotalSeconds)} s"
        : ago < TimeSpan.FromHours(2) ? $"{(int)ago.TotalMinutes} min"
        : ago < TimeSpan.FromDays(2) ? $"{(int)ago.TotalHours} h"
        : $"{(int)ago.TotalDays} d";
}
