using Agents.Identity;
using Agents.Posts;
using Agents.Realtime;
using Agents.Registry;
using Agents.Scheduler;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Agents.Migrations;

/// <summary>How `dotnet ef` makes a context: for its model alone, so no server is behind it.</summary>
internal abstract class DesignTime<TDb> : IDesignTimeDbContextFactory<TDb>
    where TDb : DbContext
{
    public TDb CreateDbContext(string[] args) =>
        (TDb)Activator.CreateInstance(typeof(TDb), new DbContextOptionsBuilder<TDb>().UseNpgsql("Host=none").Options)!;
}

internal sealed class DesignTimeIdentity : DesignTime<IdentityDb>;

internal sealed class DesignTimeRegistry : DesignTime<RegistryDb>;

internal sealed class DesignTimePosts : DesignTime<PostsDb>;

internal sealed class DesignTimeScheduler : DesignTime<SchedulerDb>;

internal sealed class DesignTimeRealtime : DesignTime<RealtimeDb>;
