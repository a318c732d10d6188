using System.Globalization;

namespace Agents.Gateway.Limits;

internal static class RetryAfter
{
    /// <summary>Whole seconds, and never so few that coming back is in vain.</summary>
    public static string Of(TimeSpan wait) => Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
