namespace Agents.ServiceDefaults.Feeds;

/// <summary>
/// Keeps something as the service that has it says it is: all of it at the start and after a gap, then each change by long
/// poll. While that service is down, what is known stays.
/// </summary>
/// <param name="what">As the log calls it.</param>
public abstract partial class FeedFollower(string what, TimeProvider time, ILogger log) : BackgroundService
{
    private const int WaitSeconds = 20;

    /// <summary>Before anything was read.</summary>
    private const long Nothing = -1;

    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(WaitSeconds + 5);
    private static readonly TimeSpan CatchUpLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(500);

    private volatile TaskCompletionSource _moved = New();
    private long _last = Nothing;
    private bool _failing;

    /// <summary>
    /// Until all that is told up to now is known here: for who was told of something by its service itself, and names it to us
    /// before the feed does. Not for longer than a moment: then, or where the service can't be asked, it throws.
    /// </summary>
    protected async Task ReachNewestAsync(CancellationToken cancellationToken)
    {
        using var limit = Limit(CatchUpLimit, cancellationToken);
        var newest = await NewestAsync(limit.Token);
        for (var moved = _moved.Task; Volatile.Read(ref _last) < newest; moved = _moved.Task)
        {
            await moved.WaitAsync(limit.Token);
        }
    }

    protected abstract Task<long> NewestAsync(CancellationToken cancellationToken);

    /// <summary>Reads all of it anew.</summary>
    protected abstract Task LoadAsync(CancellationToken cancellationToken);

    /// <summary>Waits for what comes after a number, and takes it unless it leaves a gap.</summary>
    protected abstract Task<FeedStep> FollowAsync(long after, int waitSeconds, CancellationToken cancellationToken);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                Volatile.Write(ref _last, await StepAsync(stoppingToken));
                Interlocked.Exchange(ref _moved, New()).TrySetResult();
                _failing = false;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                if (!_failing)
                {
                    Log.Lost(log, what, e.Message);
                }

                _failing = true;
                await Task.Delay(PauseAfterFailure, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<long> StepAsync(CancellationToken cancellationToken)
    {
        using var limit = Limit(AnswerLimit, cancellationToken);
        if (_last != Nothing)
        {
            return (await FollowAsync(_last, WaitSeconds, limit.Token)).UpTo ?? Nothing;
        }

        // The number first: what changes while the rest is read comes again by the feed.
        var newest = await NewestAsync(limit.Token);
        await LoadAsync(limit.Token);
        return newest;
    }

    private static CancellationTokenSource Limit(TimeSpan time, CancellationToken cancellationToken)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(time);
        return limit;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{What} cannot be read; going on with what is known: {Reason}")]
        public static partial void Lost(ILogger log, string what, string reason);
    }
}

/// <summary>How far a page of a feed brought its reader.</summary>
/// <param name="UpTo">Null where some of it is gone unread.</param>
public readonly record struct FeedStep(long? UpTo)
{
    /// <param name="first">The oldest that is still there.</param>
    /// <param name="last">The newest there is.</param>
    /// <param name="take">Called with each in order, where there is no gap.</param>
    public static FeedStep Of<TChange>(long after, long first, long last, IReadOnlyList<TChange> items, Func<TChange, long> number, Action<TChange> take)
    {
        if (last < after || first > after + 1)
        {
            return default;
        }

        foreach (var item in items)
        {
            take(item);
        }

        return new(items.Count > 0 ? number(items[^1]) : last);
    }
}
