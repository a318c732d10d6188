using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Migrations.Design;
using Microsoft.Extensions.DependencyInjection;
using Npgsql.EntityFrameworkCore.PostgreSQL.Design.Internal;

namespace Agents.Tests.StandIns.DesignTime;

/// <summary>What `dotnet ef migrations add` does, in this process.</summary>
public sealed class MigrationTests
{
    [Fact]
    public void AModel_BecomesAMigration()
    {
        using var db = new ShelfDb();
        var services = new ServiceCollection().AddEntityFrameworkDesignTimeServices().AddDbContextDesignTimeServices(db);
#pragma warning disable EF1001 // The tool finds this class by an attribute; there is no public way to it.
        new NpgsqlDesignTimeServices().ConfigureDesignTimeServices(services);
#pragma warning restore EF1001
        using var provider = services.BuildServiceProvider();

        var migration = provider.CreateScope().ServiceProvider.GetRequiredService<IMigrationsScaffolder>().ScaffoldMigration("First", "Shelves");

        Assert.Contains("""migrationBuilder.CreateTable(""", migration.MigrationCode, StringComparison.Ordinal);
        Assert.Contains("""table.Column<string[]>(type: "text[]", nullable: false)""", migration.MigrationCode, StringComparison.Ordinal);
        Assert.Contains("ShelfDbModelSnapshot", migration.SnapshotCode, StringComparison.Ordinal);
    }

    private sealed record Book(string Id, string[] Authors);

    private sealed class ShelfDb : DbContext
    {
        public DbSet<Book> Books => Set<Book>();

        protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseNpgsql();
    }
}
