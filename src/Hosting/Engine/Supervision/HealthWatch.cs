namespace Agents.Hosting.Engine;

/// <summary>Asks one running instance for its health, and tells when that changes.</summary>
internal sealed class HealthWatch(IWorkload workload, TimeProvider time)
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(3);

    private bool _isHealthy;
    private int _failures;

    public async Task RunAsync(Func<bool, Task> changed, CancellationToken gone)
    {
        while (!gone.IsCancellationRequested)
        {
            var answer = await AskAsync(gone);
            if (gone.IsCancellationRequested)
            {
                return;
            }

            // One question without an answer on a busy machine is no news.
            _failures = answer ? 0 : _failures + 1;
            if (answer != _isHealthy && (answer || _failures == 2))
            {
                _isHealthy = answer;
                await changed(answer);
            }

            await Task.Delay(PauseAfter(_isHealthy, _failures), time, gone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Short while somebody waits for a start, longer where it does not come.</summary>
    public static TimeSpan PauseAfter(bool isHealthy, int failures) =>
        isHealthy ? TimeSpan.FromSeconds(5)
        : failures < 200 ? TimeSpan.FromMilliseconds(50)
        : TimeSpan.FromSeconds(1);

    private async Task<bool> AskAsync(CancellationToken gone)
    {
        using var limit = new CancellationTokenSource(AnswerLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(gone, limit.Token);
        try
        {
            return await workload.IsHealthyAsync(either.Token);
        }
        catch (Exception e) when (e is not DistributedApplicationException)
        {
            return false;
        }
    }
}
