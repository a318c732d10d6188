using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Agents.Scheduler.Migrations;

/// <summary>Work that is on its way to another agent: where it goes, until when its holder may end by itself, and the conversation that goes along.</summary>
[DbContext(typeof(SchedulerDb))]
[Migration("20261121112000_Moving")]
public sealed class Moving : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE live
            ADD COLUMN move_lane bigint,
            ADD COLUMN move_until timestamptz,
            ADD COLUMN given_up boolean NOT NULL DEFAULT false,
            ADD COLUMN session_id text;
        CREATE INDEX ix_live_moving ON live (move_until) WHERE move_until IS NOT NULL;
        CREATE INDEX ix_lanes_agent ON lanes (agent_id) WHERE agent_id IS NOT NULL;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DROP INDEX ix_lanes_agent, ix_live_moving;
        ALTER TABLE live DROP COLUMN move_lane, DROP COLUMN move_until, DROP COLUMN given_up, DROP COLUMN session_id;
        """);
}
