using Agents.Contracts.Realtime;

namespace Agents.Daemon.Machine;

/// <summary>What the kernel's sensors say, where there are any; few virtual machines have one.</summary>
internal sealed class TemperatureGauge(MachineFiles files) : IGauge
{
    private const string Sensors = "sys/class/hwmon";
    private const string Zones = "sys/class/thermal";

    public IEnumerable<MetricValue> Read()
    {
        var found = Hwmon().ToList();
        // The zones repeat the sensors where there are any, under poorer names.
        return found.Count > 0 ? found : Thermal();
    }

    private IEnumerable<MetricValue> Hwmon() =>
        from sensor in files.Names(Sensors)
        from file in files.Names($"{Sensors}/{sensor}")
        where file.StartsWith("temp", StringComparison.Ordinal) && file.EndsWith("_input", StringComparison.Ordinal)
        let point = $"{Sensors}/{sensor}/{file[..^"_input".Length]}"
        let degrees = files.Number($"{point}_input") / 1000.0
        where degrees is > -100 and < 300
        let chip = files.Text($"{Sensors}/{sensor}/name")?.Trim() ?? sensor
        let label = files.Text($"{point}_label")?.Trim() ?? file[..^"_input".Length]
        select Points.Of("temperature.celsius", degrees.Value, "sensor", $"{chip} {label}");

    private IEnumerable<MetricValue> Thermal() =>
        from zone in files.Names(Zones)
        where zone.StartsWith("thermal_zone", StringComparison.Ordinal)
        let degrees = files.Number($"{Zones}/{zone}/temp") / 1000.0
        where degrees is > -100 and < 300
        let type = files.Text($"{Zones}/{zone}/type")?.Trim() ?? zone
        select Points.Of("temperature.celsius", degrees.Value, "sensor", type);
}
