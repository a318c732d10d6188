using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Agents.Scheduler.Migrations;

/// <summary>Agents that work on one task together. A task that waits for its group's has stage 4.</summary>
[DbContext(typeof(SchedulerDb))]
[Migration("20261121113000_Groups")]
public sealed class Groups : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE groups (
            task_id uuid PRIMARY KEY,
            group_id text NOT NULL,
            strategy text NOT NULL,
            lead text,
            agents text[] NOT NULL,
            created_at timestamptz NOT NULL DEFAULT now()
        );
        CREATE TABLE group_tasks (
            task_id uuid PRIMARY KEY,
            parent_id uuid NOT NULL REFERENCES groups ON DELETE CASCADE,
            agent_id text NOT NULL,
            role text NOT NULL,
            place bigint NOT NULL
        );
        CREATE INDEX ix_group_tasks_parent ON group_tasks (parent_id);
        CREATE INDEX ix_live_gathered ON live (id) WHERE stage = 4;
        CREATE INDEX ix_live_parent ON live (parent_id) WHERE parent_id IS NOT NULL;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        "DROP INDEX ix_live_parent, ix_live_gathered; DROP TABLE group_tasks, groups;");
}
