using Agents.ServiceDefaults.Loops;
using Npgsql;

namespace Agents.Registry.Presence;

/// <summary>
/// Tidies up after Realtime processes that ended. Only some time after they fell silent: until then reads count what they
/// held as offline all the same, and one that was merely held up finds its rows as they were.
/// </summary>
internal sealed class SilenceSweep(NpgsqlDataSource postgres, TimeProvider time, ILogger<SilenceSweep> log)
    : Periodic(TimeSpan.FromSeconds(10), time, log)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(2);

    private readonly DateTimeOffset _startedAt = time.GetUtcNow();

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        // It may have been us who were away: as long as that could be, nobody is forgotten.
        var now = Time.GetUtcNow();
        if (now - _startedAt > KeptFor)
        {
            await postgres.ForgetAsync(now - KeptFor, cancellationToken);
        }
    }
}
