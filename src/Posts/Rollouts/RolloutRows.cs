using Agents.Contracts.Posts;
using Microsoft.EntityFrameworkCore;

namespace Agents.Posts.Rollouts;

internal static class RolloutRows
{
    /// <summary>The one that is under way. Who has the post's row finds it so until he gives that back.</summary>
    public static Task<Rollout?> RunningRolloutAsync(this PostsDb db, string postId, CancellationToken cancellationToken) =>
        db.Rollouts.SingleOrDefaultAsync(r => r.PostId == postId && r.State == RolloutState.Running, cancellationToken);
}
