using System.Diagnostics;
using System.Net;

namespace Agents.Bench.Devices;

/// <summary>Many devices, connected and idle.</summary>
internal sealed class Fleet(int count) : IDisposable
{
    /// <summary>The gateway counts requests by address, and one address has some 28,000 ports.</summary>
    private const int Addresses = 32;

    private const int ConnectAtOnce = 64;

    private static readonly TimeSpan HeartbeatEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly SimulatedDevice[] _devices = [.. Enumerable.Range(0, count).Select(n => new SimulatedDevice(new(n)))];

    public IReadOnlyList<SimulatedDevice> Devices => _devices;

    public int Lost => _devices.Count(device => device.IsLost);

    public async Task<TimeSpan> ConnectAsync(Uri server, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(
            _devices,
            new ParallelOptions { MaxDegreeOfParallelism = ConnectAtOnce, CancellationToken = cancellationToken },
            async (device, token) => await device.ConnectAsync(server, new IPAddress([127, 0, 1, (byte)(1 + device.Name.Number % Addresses)]), token));
        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>Each sends one every 30 s, evenly spread over them, until it is stopped.</summary>
    public async Task BeatAsync(CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        var sent = 0L;
        using var timer = new PeriodicTimer(Tick);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            for (var due = (long)(Stopwatch.GetElapsedTime(start) / HeartbeatEvery * count); sent < due; sent++)
            {
                await _devices[sent % count].BeatAsync(cancellationToken);
            }
        }
    }

    public void Dispose() => Array.ForEach(_devices, device => device.Dispose());
}
