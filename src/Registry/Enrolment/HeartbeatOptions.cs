using System.ComponentModel.DataAnnotations;

namespace Agents.Registry.Enrolment;

/// <summary>
/// Section <c>Hub</c>, as Realtime reads it: a device is told at its enrolment what its connections will ask of it, so
/// whoever sets it sets it for both.
/// </summary>
internal sealed class HeartbeatOptions
{
    public const string Section = "Hub";

    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(30);
}
