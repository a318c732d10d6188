using Agents.Contracts.Registry;

namespace Agents.Registry.Presence;

/// <summary>
/// Since when a Realtime process must have reported, or what it held is offline. After our own start nobody is judged
/// until all had the time to report: it was us who were away.
/// </summary>
internal sealed class Silence(TimeProvider time)
{
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();

    public DateTimeOffset Before => BeforeAt(time.GetUtcNow(), _startedAt);

    internal static DateTimeOffset BeforeAt(DateTimeOffset now, DateTimeOffset startedAt) =>
        now - startedAt < PresenceReport.SilentAfter ? DateTimeOffset.MinValue : now - PresenceReport.SilentAfter;
}
