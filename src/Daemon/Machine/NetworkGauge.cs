using System.Net.NetworkInformation;
using Agents.Contracts.Realtime;

namespace Agents.Daemon.Machine;

/// <summary>Bytes per second of each interface since the last reading.</summary>
internal sealed class NetworkGauge(MachineFiles files, TimeProvider time) : IGauge
{
    private IReadOnlyDictionary<string, (double Received, double Sent)> _last = new Dictionary<string, (double, double)>();
    private long _lastAt;

    public IEnumerable<MetricValue> Read()
    {
        var now = OperatingSystem.IsLinux() ? Counters(files.Lines("proc/net/dev")) : Portable();
        var seconds = time.GetElapsedTime(_lastAt).TotalSeconds;
        foreach (var (name, (received, sent)) in now)
        {
            // A counter that went back is a new interface under an old name.
            if (_last.TryGetValue(name, out var last) && received >= last.Received && sent >= last.Sent && seconds > 0)
            {
                yield return Points.Of("network.received", (received - last.Received) / seconds, "interface", name);
                yield return Points.Of("network.sent", (sent - last.Sent) / seconds, "interface", name);
            }
        }

        (_last, _lastAt) = (now, time.GetTimestamp());
    }

    /// <summary>All but the loopback.</summary>
    public static IReadOnlyDictionary<string, (double Received, double Sent)> Counters(IReadOnlyList<string> dev)
    {
        var counters = new Dictionary<string, (double, double)>();
        foreach (var line in dev)
        {
            // "  eth0: 123 ...": after the name eight figures of what came, then eight of what went.
            if (line.Split(':', 2) is [var name, var figures] && name.Trim() is not ("lo" or "")
                && figures.Words() is var words && words.Number(0) is { } received && words.Number(8) is { } sent)
            {
                counters[name.Trim()] = (received, sent);
            }
        }

        return counters;
    }

    private static Dictionary<string, (double, double)> Portable()
    {
        var counters = new Dictionary<string, (double, double)>();
        foreach (var network in NetworkInterface.GetAllNetworkInterfaces())
        {
            if (network.NetworkInterfaceType is not NetworkInterfaceType.Loopback && network.OperationalStatus is OperationalStatus.Up)
            {
                var figures = network.GetIPStatistics();
                counters[network.Name] = (figures.BytesReceived, figures.BytesSent);
            }
        }

        return counters;
    }
}
