using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Agents.Scheduler.Migrations;

/// <summary>Posts that are tried, and how the attempts of their agents ended meanwhile.</summary>
[DbContext(typeof(SchedulerDb))]
[Migration("20261121213000_Trials")]
public sealed class Trials : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE trials (
            post_id text PRIMARY KEY,
            asked_at timestamptz NOT NULL
        );

        CREATE TABLE trial_ends (
            seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            post_id text NOT NULL,
            agent_id text NOT NULL,
            started_at timestamptz NOT NULL,
            done boolean NOT NULL,
            tokens bigint NOT NULL,
            cost_usd double precision NOT NULL
        );

        CREATE INDEX ix_trial_ends_post ON trial_ends (post_id, seq);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE trial_ends, trials;");
}
