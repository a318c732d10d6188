using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Agents.Scheduler.Migrations;

/// <summary>
/// What agents and posts have spent in a day, what attempts that go on have used so far, what posts may spend as Posts said
/// last; and work that is to end because a budget is spent.
/// </summary>
[DbContext(typeof(SchedulerDb))]
[Migration("20261121191500_Budgets")]
public sealed class Budgets : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE budget_days (
            day timestamptz NOT NULL,
            kind smallint NOT NULL,
            id text NOT NULL,
            tokens bigint NOT NULL,
            cost_usd double precision NOT NULL,
            warned_at timestamptz,
            told_at timestamptz,
            PRIMARY KEY (day, kind, id)
        ) WITH (fillfactor = 50);

        CREATE TABLE budget_attempts (
            task_id uuid NOT NULL,
            attempt integer NOT NULL,
            tokens bigint NOT NULL,
            cost_usd double precision NOT NULL,
            warned_at timestamptz,
            PRIMARY KEY (task_id, attempt)
        ) WITH (fillfactor = 50);

        CREATE TABLE budget_posts (
            post_id text PRIMARY KEY,
            tokens_per_task bigint,
            cost_per_task double precision,
            tokens_per_day bigint,
            cost_per_day double precision
        );

        ALTER TABLE live ADD COLUMN stop_until timestamptz, ADD COLUMN stop_why text;
        CREATE INDEX ix_live_stopping ON live (stop_until) WHERE stop_until IS NOT NULL;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DROP INDEX ix_live_stopping;
        ALTER TABLE live DROP COLUMN stop_until, DROP COLUMN stop_why;
        DROP TABLE budget_posts, budget_attempts, budget_days;
        """);
}
