using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Agents.Scheduler.Migrations;

/// <summary>Files of tasks: written and read by plain SQL alone, so the model has none of it.</summary>
[DbContext(typeof(SchedulerDb))]
[Migration("20261121120400_Artifacts")]
public sealed class Artifacts : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- kind: 0 file, 1 prompt, 2 input, 3 result. state: 0 being uploaded, 1 there, 2 to be removed.
        CREATE TABLE artifacts (
            id uuid PRIMARY KEY,
            task_id uuid NOT NULL,
            kind smallint NOT NULL,
            state smallint NOT NULL,
            name text NOT NULL,
            content_type text NOT NULL,
            size bigint NOT NULL,
            sha256 bytea,
            attempt integer,
            created_by text NOT NULL,
            created_at timestamptz NOT NULL,
            store text NOT NULL
        );
        CREATE INDEX ix_artifacts_task ON artifacts (task_id, id);
        CREATE INDEX ix_artifacts_open ON artifacts (id) WHERE state <> 1;

        -- Not compressed: what is big is mostly compressed already, and a part of it can be read by itself.
        CREATE TABLE artifact_chunks (artifact_id uuid NOT NULL, number integer NOT NULL, data bytea NOT NULL, PRIMARY KEY (artifact_id, number));
        ALTER TABLE artifact_chunks ALTER COLUMN data SET STORAGE EXTERNAL;

        ALTER TABLE tasks ADD COLUMN prompt_ref json, ADD COLUMN input_ref json;
        ALTER TABLE outcomes ADD COLUMN result_ref json;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE outcomes DROP COLUMN result_ref;
        ALTER TABLE tasks DROP COLUMN prompt_ref, DROP COLUMN input_ref;
        DROP TABLE artifact_chunks, artifacts;
        """);
}
