using Agents.Contracts.Posts;

namespace Agents.ServiceDefaults.Posts;

/// <summary>Which posts there are, and their budgets: all of them at the start and after a gap, then each change. While Posts is down what is known stays.</summary>
public sealed partial class KnownPosts(IPostsInternal posts, TimeProvider time, ILogger<KnownPosts> log) : BackgroundService
{
    private const int WaitSeconds = 20;

    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(WaitSeconds + 5);
    private static readonly TimeSpan CatchUpLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly PostShelf _shelf = new();

    private volatile TaskCompletionSource _moved = New();
    private long? _last;
    private bool _failing;

    /// <summary>Raised after a budget has changed, and when all were read.</summary>
    public event Action? BudgetsChanged;

    /// <summary>All were read at least once, so what isn't here does not exist, or has just been made.</summary>
    public bool IsLoaded { get; private set; }

    public bool Has(string postId) => _shelf.Has(postId);

    /// <summary>Of those posts that have one. The same object until one of them changes.</summary>
    public IReadOnlyDictionary<string, Budget> Budgets() => _shelf.Budgets();

    /// <summary>Also where it has been made a moment ago.</summary>
    /// <exception cref="HttpRequestException">It is not known here, and Posts can't be asked: the caller is answered 5003.</exception>
    public async ValueTask<bool> KnowsAsync(string postId, CancellationToken cancellationToken)
    {
        if (!Has(postId))
        {
            await CatchUpAsync(cancellationToken);
        }

        return Has(postId);
    }

    /// <summary>Until all that Posts has told of is known here: whoever has made a post names it to us before the feed does.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(CatchUpLimit);
        try
        {
            var newest = (await posts.GetChangesAsync(long.MaxValue, 0, limit.Token)).Last;
            for (var moved = _moved.Task; !HasReached(newest); moved = _moved.Task)
            {
                await moved.WaitAsync(limit.Token);
            }
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // To say that there is no such post would be a guess.
            throw new HttpRequestException(HttpRequestError.ConnectionError, "Posts can't be asked for a post that is not known here.", e);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var last = _last is { } known ? await FollowAsync(known, stoppingToken) : await LoadAsync(stoppingToken);
                lock (_gate)
                {
                    _last = last;
                }

                Interlocked.Exchange(ref _moved, New()).TrySetResult();
                _failing = false;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                if (!_failing)
                {
                    Log.Lost(log, e.Message);
                }

                _failing = true;
                await Task.Delay(PauseAfterFailure, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private bool HasReached(long newest)
    {
        lock (_gate)
        {
            return _last >= newest;
        }
    }

    private async Task<long?> LoadAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(AnswerLimit);
        // The number first: what changes while the pages are read comes again by the feed.
        var last = (await posts.GetChangesAsync(long.MaxValue, 0, limit.Token)).Last;
        Dictionary<string, Budget?> all = [];
        string? after = null;
        do
        {
            var page = await posts.GetIdsAsync(after, limit.Token);
            foreach (var id in page.Ids)
            {
                all[id] = page.Budgets?.GetValueOrDefault(id);
            }

            after = page.Next;
        }
        while (after is not null);

        _shelf.Fill(all);
        IsLoaded = true;
        BudgetsChanged?.Invoke();
        return last;
    }

    /// <summary>Null where some of it is gone unread.</summary>
    private async Task<long?> FollowAsync(long last, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(AnswerLimit);
        var page = await posts.GetChangesAsync(last, WaitSeconds, limit.Token);
        if (page.Last < last || page.First > last + 1)
        {
            return null;
        }

        if (_shelf.Apply(page.Items))
        {
            BudgetsChanged?.Invoke();
        }

        return page.Items.Count > 0 ? page.Items[^1].Seq : page.Last;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The posts cannot be read; going on with those that are known: {Reason}")]
        public static partial void Lost(ILogger log, string reason);
    }
}
