using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Agents.Scheduler.Migrations;

/// <summary>What programs ask people, and how many of it are open of a task's attempt.</summary>
[DbContext(typeof(SchedulerDb))]
[Migration("20261122060000_Questions")]
public sealed class Questions : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE questions (
            task_id uuid NOT NULL,
            attempt integer NOT NULL,
            question_id text NOT NULL,
            agent_id text,
            asked json NOT NULL,
            asked_at timestamptz NOT NULL DEFAULT now(),
            expires_at timestamptz NOT NULL,
            answered_at timestamptz,
            answer jsonb,
            answered_by text,
            answered_name text,
            PRIMARY KEY (task_id, attempt, question_id)
        );
        CREATE INDEX ix_questions_asked ON questions (asked_at);
        CREATE INDEX ix_questions_open ON questions (expires_at) WHERE answered_at IS NULL;
        ALTER TABLE live ADD COLUMN asking integer NOT NULL DEFAULT 0;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("ALTER TABLE live DROP COLUMN asking; DROP TABLE questions;");
}
