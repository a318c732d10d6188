using Agents.Contracts.Posts;
using Agents.ServiceDefaults.Feeds;

namespace Agents.Realtime.Configs;

/// <summary>Which posts are another now, for the agents of those that are connected here.</summary>
internal sealed class PostsFeed(IPostsInternal posts, ConfigQueue queue, TimeProvider time, ILogger<PostsFeed> log) : FeedFollower("Posts' changes", time, log)
{
    protected override async Task<long> NewestAsync(CancellationToken cancellationToken) => (await posts.GetChangesAsync(long.MaxValue, 0, cancellationToken)).Last;

    protected override Task LoadAsync(CancellationToken cancellationToken)
    {
        queue.ChangedAll(_ => true);
        return Task.CompletedTask;
    }

    protected override async Task<FeedStep> FollowAsync(long after, int waitSeconds, CancellationToken cancellationToken)
    {
        var page = await posts.GetChangesAsync(after, waitSeconds, cancellationToken);
        var changed = new HashSet<string>();
        var step = FeedStep.Of(after, page.First, page.Last, page.Items, change => change.Seq, change => changed.Add(change.Id));
        if (changed.Count > 0)
        {
            queue.ChangedAll(post => post is not null && changed.Contains(post));
        }

        return step;
    }
}
