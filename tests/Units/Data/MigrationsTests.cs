using Agents.Identity;
using Agents.Posts;
using Agents.Realtime;
using Agents.Registry;
using Agents.Scheduler;
using Microsoft.EntityFrameworkCore;

namespace Agents.Tests.Units.Data;

public sealed class MigrationsTests
{
    public static TheoryData<string> Services => ["Identity", "Registry", "Posts", "Scheduler", "Realtime"];

    /// <summary>Who changes an entity and forgets `dotnet ef migrations add` is told here.</summary>
    [Theory]
    [MemberData(nameof(Services))]
    public void Migrations_OfEachService_AreUpToDateWithItsModel(string service)
    {
        using DbContext db = service switch
        {
            "Identity" => new IdentityDb(Options<IdentityDb>()),
            "Registry" => new RegistryDb(Options<RegistryDb>()),
            "Posts" => new PostsDb(Options<PostsDb>()),
            "Scheduler" => new SchedulerDb(Options<SchedulerDb>()),
            _ => new RealtimeDb(Options<RealtimeDb>()),
        };

        Assert.False(db.Database.HasPendingModelChanges());
        Assert.NotEmpty(db.Database.GetMigrations());
    }

    private static DbContextOptions<TDb> Options<TDb>()
        where TDb : DbContext =>
        new DbContextOptionsBuilder<TDb>().UseNpgsql("Host=none").Options;
}
