using System.Globalization;

namespace Agents.Bench.Devices;

/// <summary>The names and the token of the n-th device and of its one agent, the same in <see cref="Enrolment"/>'s SQL.</summary>
internal readonly record struct DeviceName(int Number)
{
    public const string DevicePrefix = "bench-device-";
    public const string AgentPrefix = "bench-agent-";
    public const string TokenPrefix = "dt_bench-";

    public string DeviceId => DevicePrefix + Text;

    public string AgentId => AgentPrefix + Text;

    public string Token => TokenPrefix + Text;

    private string Text => Number.ToString(CultureInfo.InvariantCulture);
}
