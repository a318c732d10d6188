using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Agents.Scheduler.Migrations;

/// <summary>What searches read by the thousand, they read from an index alone: each row by itself stands on a page of its own.</summary>
[DbContext(typeof(SchedulerDb))]
[Migration("20261121200000_ListsFromIndexes")]
public sealed class ListsFromIndexes : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        SET LOCAL maintenance_work_mem = '256MB';

        -- A term's 64 rows of an era stand side by side in the index, and in the table on 64 pages. Not compressed: what is as
        -- large as a bitmap would be, in an index, at each write and each read.
        ALTER TABLE text_terms ALTER COLUMN places SET STORAGE EXTERNAL;
        ALTER TABLE text_terms DROP CONSTRAINT text_terms_pkey;
        ALTER TABLE text_terms ADD PRIMARY KEY (era, term, block) INCLUDE (places);

        -- Somebody's sessions by title, agent and post. An index takes no more than 2,700 bytes of each (Sessions/SessionTitle.cs).
        DROP INDEX ix_sessions_owner;
        UPDATE sessions SET title = left(title, 399) || '…' WHERE octet_length(title) > 2000;
        CREATE INDEX ix_sessions_owner ON sessions (owner, last_at, first_task) INCLUDE (agent_id, post_id, title);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DROP INDEX ix_sessions_owner;
        CREATE INDEX ix_sessions_owner ON sessions (owner, last_at, first_task);
        ALTER TABLE text_terms DROP CONSTRAINT text_terms_pkey;
        ALTER TABLE text_terms ADD PRIMARY KEY (era, term, block);
        ALTER TABLE text_terms ALTER COLUMN places SET STORAGE EXTENDED;
        """);
}
