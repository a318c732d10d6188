using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Agents.Scheduler.Migrations;

/// <summary>Which tasks agents have handed over, and how many there are of each tree.</summary>
[DbContext(typeof(SchedulerDb))]
[Migration("20261122080000_Handovers")]
public sealed class Handovers : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE handovers (
            task_id uuid PRIMARY KEY,
            parent_id uuid NOT NULL,
            root_id uuid NOT NULL,
            attempt integer NOT NULL
        );
        CREATE INDEX ix_handovers_parent ON handovers (parent_id);
        CREATE INDEX ix_handovers_root ON handovers (root_id);
        CREATE TABLE handover_trees (
            root_id uuid PRIMARY KEY,
            handed integer NOT NULL
        );
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE handover_trees; DROP TABLE handovers;");
}
