using Agents.Contracts.Identity;
using Agents.ServiceDefaults.Auth;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Agents.ServiceDefaults.Revocations;

/// <summary>Long-polls Identity's feed, so that a revocation is in force here within a second.</summary>
internal sealed partial class RevocationReader(
    IIdentityInternal identity, SigningKeyCache keys, RevokedTokens revoked, RevocationFreshness freshness, TimeProvider time,
    ILogger<RevocationReader> log)
    : BackgroundService
{
    private const int WaitSeconds = 20;

    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(WaitSeconds + 5);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // The first page is asked for without waiting: until it is here nobody can be let in.
                var wait = freshness.LastReadAt is null || freshness.Failing ? 0 : WaitSeconds;
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                limit.CancelAfter(AnswerLimit);
                revoked.Take(await identity.GetRevocationsAsync(revoked.Last, wait, limit.Token));
                // The keys too, before the first token asks for them: by then Identity may be away.
                await keys.FindAsync("", limit.Token);
                freshness.Succeeded(time.GetUtcNow());
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                if (freshness.Failed())
                {
                    Log.FeedLost(log, e.Message);
                }

                await Task.Delay(PauseAfterFailure, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The revocation feed cannot be read; going on with what is known: {Reason}")]
        public static partial void FeedLost(ILogger log, string reason);
    }
}

/// <summary>How far what we know of revocations can be trusted.</summary>
internal sealed class RevocationFreshness
{
    public DateTimeOffset? LastReadAt { get; private set; }

    public bool Failing { get; private set; }

    public void Succeeded(DateTimeOffset now) => (LastReadAt, Failing) = (now, false);

    /// <summary>True for the first failure in a row, the one worth a line in the log.</summary>
    public bool Failed()
    {
        var first = !Failing;
        Failing = true;
        return first;
    }
}

internal sealed class RevocationHealth(RevocationFreshness freshness) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) =>
        Task.FromResult(freshness.Failing || freshness.LastReadAt is null
            ? HealthCheckResult.Degraded("Identity's revocation feed cannot be read just now.")
            : HealthCheckResult.Healthy());
}
