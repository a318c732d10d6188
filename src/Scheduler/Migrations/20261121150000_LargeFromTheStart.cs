using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Agents.Scheduler.Migrations;

/// <summary>
/// A queue is nearly empty most of the time, and a plan that is made then reads it all, and stays when it is full (ADR 23).
/// So its file is large from the start and is never cut short: rows that no one sees are written, and each plan goes by keys.
/// </summary>
[DbContext(typeof(SchedulerDb))]
[Migration("20261121150000_LargeFromTheStart")]
public sealed class LargeFromTheStart : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE live SET (vacuum_truncate = false);
        ALTER TABLE ending SET (vacuum_truncate = false);
        INSERT INTO live (id, stage, rank, lane, events, max_attempts, backoff, run_anyway, connection)
        SELECT gen_random_uuid(), 0, 0, 0, 0, 0, 0, false, repeat('.', 1900) FROM generate_series(1, 2000);
        DELETE FROM live WHERE stage = 0 AND lane = 0 AND max_attempts = 0;
        INSERT INTO ending (task_id, attempt, agent_id, holder, until)
        SELECT gen_random_uuid(), 0, repeat('.', 1900), '', now() FROM generate_series(1, 400);
        DELETE FROM ending WHERE attempt = 0;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("ALTER TABLE live RESET (vacuum_truncate); ALTER TABLE ending RESET (vacuum_truncate);");
}
