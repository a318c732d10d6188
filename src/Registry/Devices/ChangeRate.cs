namespace Agents.Registry.Devices;

/// <summary>
/// How often a device may say something new of itself and its agents: each time is an audit entry and a change for
/// everybody who follows. Enough at once for one that brings all its agents, then slowly. What is not new costs nothing.
/// </summary>
internal sealed class ChangeRate(TimeProvider time)
{
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private const double AtOnce = 300;
    private const double PerSecond = 10;
    private const int MaxKept = 20_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (double Left, long At)> _devices = [];

    /// <summary>False where it has to wait.</summary>
    public bool Take(string deviceId)
    {
        lock (_gate)
        {
            if (_devices.Count >= MaxKept)
            {
                _devices.Clear();
            }

            var now = time.GetTimestamp();
            var left = _devices.TryGetValue(deviceId, out var last)
                ? Math.Min(AtOnce, last.Left + (time.GetElapsedTime(last.At, now).TotalSeconds * PerSecond))
                : AtOnce;
            _devices[deviceId] = (left < 1 ? left : left - 1, now);
            return left >= 1;
        }
    }
}
