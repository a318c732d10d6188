using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Agents.Scheduler.Migrations;

/// <summary>Tasks by words of their prompts (ADR 24): blocks of tasks, and where in each a term is. Filled afterwards, with nothing that PostgreSQL lacks anywhere.</summary>
[DbContext(typeof(SchedulerDb))]
[Migration("20261121160000_Search")]
public sealed class Search : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- Up to this task, and this block, all is sealed.
        CREATE TABLE text_sealed (one boolean PRIMARY KEY DEFAULT true CHECK (one), last uuid NOT NULL, block integer NOT NULL) WITH (fillfactor = 10);
        INSERT INTO text_sealed (last, block) VALUES ('00000000-0000-0000-0000-000000000000', -1);

        -- ids: 16 bytes each, not compressed, so that one is read without the others.
        CREATE TABLE text_blocks (block integer PRIMARY KEY, first uuid NOT NULL, last uuid NOT NULL, ids bytea NOT NULL);
        ALTER TABLE text_blocks ALTER COLUMN ids SET STORAGE EXTERNAL;
        CREATE INDEX ix_text_blocks_first ON text_blocks (first, block);
        CREATE INDEX ix_text_blocks_last ON text_blocks (last, block);

        -- places: of the block's tasks those that have the term (Search/Places.cs).
        CREATE TABLE text_terms (era integer NOT NULL, term integer NOT NULL, block integer NOT NULL, places bytea NOT NULL, PRIMARY KEY (era, term, block))
            WITH (autovacuum_vacuum_insert_scale_factor = 0.05);

        -- Labels are found by their blocks: this one knew no order, and was written with each submit.
        DROP INDEX ix_tasks_labels;

        -- What of somebody's tasks is of a post or a type is known from the index alone.
        DROP INDEX ix_tasks_created_by;
        CREATE INDEX ix_tasks_created_by ON tasks (created_by, id) INCLUDE (post_id, type);

        -- What of an agent's tasks failed is known from the index alone.
        DROP INDEX ix_outcomes_agent;
        CREATE INDEX ix_outcomes_agent ON outcomes (agent_id, id) INCLUDE (status) WHERE agent_id IS NOT NULL;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DROP INDEX ix_outcomes_agent;
        CREATE INDEX ix_outcomes_agent ON outcomes (agent_id, id) WHERE agent_id IS NOT NULL;
        DROP INDEX ix_tasks_created_by;
        CREATE INDEX ix_tasks_created_by ON tasks (created_by, id);
        CREATE INDEX ix_tasks_labels ON tasks USING gin (labels) WHERE labels IS NOT NULL;
        DROP TABLE text_terms, text_blocks, text_sealed;
        """);
}
