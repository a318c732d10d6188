using Agents.Posts.Changes;
using Agents.Posts.Posts;
using Agents.Posts.Rollouts;
using Agents.Posts.Secrets;
using Agents.Posts.Versions;
using Agents.ServiceDefaults.Data;
using Microsoft.EntityFrameworkCore;

namespace Agents.Posts;

internal sealed class PostsDb(DbContextOptions<PostsDb> options) : ServiceDb(options)
{
    public DbSet<Post> Posts => Set<Post>();

    public DbSet<PostVersion> Versions => Set<PostVersion>();

    public DbSet<Rollout> Rollouts => Set<Rollout>();

    public DbSet<RolloutAgent> RolloutAgents => Set<RolloutAgent>();

    public DbSet<PostSecret> Secrets => Set<PostSecret>();

    public DbSet<ChangeEntry> Changes => Set<ChangeEntry>();

    protected override void Describe(ModelBuilder model)
    {
        Post.Describe(model.Entity<Post>());
        PostVersion.Describe(model.Entity<PostVersion>());
        Rollout.Describe(model.Entity<Rollout>());
        RolloutAgent.Describe(model.Entity<RolloutAgent>());
        PostSecret.Describe(model.Entity<PostSecret>());
        ChangeEntry.Describe(model);
    }
}
