using Agents.Contracts.Posts;
using Agents.ServiceDefaults.Feeds;

namespace Agents.ServiceDefaults.Posts;

/// <summary>Which posts there are, and what they may spend.</summary>
public sealed class KnownPosts(IPostsInternal posts, TimeProvider time, ILogger<KnownPosts> log) : FeedFollower("Posts' list of posts", time, log)
{
    private readonly PostShelf _shelf = new();

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
        try
        {
            await ReachNewestAsync(cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // To say that there is no such post would be a guess.
            throw new HttpRequestException(HttpRequestError.ConnectionError, "Posts can't be asked for a post that is not known here.", e);
        }
    }

    protected override async Task<long> NewestAsync(CancellationToken cancellationToken) => (await posts.GetChangesAsync(long.MaxValue, 0, cancellationToken)).Last;

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, Budget?> all = [];
        string? after = null;
        do
        {
            var page = await posts.GetIdsAsync(after, cancellationToken);
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
    }

    protected override async Task<FeedStep> FollowAsync(long after, int waitSeconds, CancellationToken cancellationToken)
    {
        var page = await posts.GetChangesAsync(after, waitSeconds, cancellationToken);
        return FeedStep.Of(after, page.First, page.Last, page.Items, change => change.Seq, Apply);
    }

    private void Apply(PostChange change)
    {
        if (_shelf.Apply(change))
        {
            BudgetsChanged?.Invoke();
        }
    }
}
