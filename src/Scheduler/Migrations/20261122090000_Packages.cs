using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Agents.Scheduler.Migrations;

/// <summary>Files that tasks name, and what goes along with a task that moves.</summary>
[DbContext(typeof(SchedulerDb))]
[Migration("20261122090000_Packages")]
public sealed class Packages : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE tasks ADD COLUMN artifacts json;
        ALTER TABLE live ADD COLUMN package uuid, ADD COLUMN brings boolean NOT NULL DEFAULT false;
        CREATE INDEX ix_artifacts_packages ON artifacts (id) WHERE kind = 4 AND state = 1;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        "DROP INDEX ix_artifacts_packages; ALTER TABLE live DROP COLUMN package, DROP COLUMN brings; ALTER TABLE tasks DROP COLUMN artifacts;");
}
