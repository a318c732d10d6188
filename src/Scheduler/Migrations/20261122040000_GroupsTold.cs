using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Agents.Scheduler.Migrations;

/// <summary>How often a group's tasks were handed out, and how often of that its conversation was told.</summary>
[DbContext(typeof(SchedulerDb))]
[Migration("20261122040000_GroupsTold")]
public sealed class GroupsTold : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE groups ADD COLUMN handed int NOT NULL DEFAULT 0, ADD COLUMN told int NOT NULL DEFAULT 0;
        CREATE INDEX ix_groups_to_tell ON groups (created_at) WHERE told < handed;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("ALTER TABLE groups DROP COLUMN told, DROP COLUMN handed;");
}
