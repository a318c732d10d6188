using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Agents.Scheduler.Migrations;

/// <summary>Sessions and figures, both folded from the events of tasks; plain SQL alone, so the model has none of them.</summary>
[DbContext(typeof(SchedulerDb))]
[Migration("20261121111500_Reports")]
public partial class Reports : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- What was folded: the snapshot up to which all events were read. The first fold reads all that there is.
        CREATE TABLE folded (one boolean PRIMARY KEY DEFAULT true CHECK (one), seen text NOT NULL) WITH (fillfactor = 10);
        INSERT INTO folded (seen) VALUES ('1:1:');

        ALTER TABLE outcomes ADD COLUMN accepted integer NOT NULL DEFAULT 1;

        CREATE TABLE work_rollups (
            level smallint NOT NULL,
            at timestamptz NOT NULL,
            owner text NOT NULL,
            agent_id text NOT NULL,
            post_id text NOT NULL,
            device_id text NOT NULL,
            type text NOT NULL,
            done bigint NOT NULL,
            failed bigint NOT NULL,
            canceled bigint NOT NULL,
            retries bigint NOT NULL,
            input_tokens bigint NOT NULL,
            output_tokens bigint NOT NULL,
            cost_usd double precision NOT NULL,
            waited double precision NOT NULL,
            ran double precision NOT NULL,
            waits bigint[] NOT NULL,
            runs bigint[] NOT NULL,
            PRIMARY KEY (level, at, owner, agent_id, post_id, device_id, type)
        ) WITH (fillfactor = 80);
        CREATE INDEX ix_work_rollups_owner ON work_rollups (owner, level, at);

        -- Two histograms of Reports/Histogram.cs, added bucket by bucket.
        CREATE FUNCTION added_counts(a bigint[], b bigint[]) RETURNS bigint[] LANGUAGE sql IMMUTABLE AS
        'SELECT coalesce(array_agg(bucket << 40 | n ORDER BY bucket), ARRAY[]::bigint[])
         FROM (SELECT entry >> 40 AS bucket, sum(entry & ((1::bigint << 40) - 1))::bigint AS n FROM unnest(a || b) AS entry GROUP BY 1) counts';

        CREATE TABLE sessions (
            first_task uuid PRIMARY KEY,
            id text NOT NULL UNIQUE,
            agent_session text,
            agent_id text NOT NULL,
            device_id text,
            post_id text,
            owner text NOT NULL,
            title text NOT NULL,
            created_at timestamptz NOT NULL,
            last_at timestamptz NOT NULL,
            tasks integer NOT NULL,
            input_tokens bigint NOT NULL,
            output_tokens bigint NOT NULL,
            cost_usd double precision NOT NULL
        ) WITH (fillfactor = 90);
        CREATE INDEX ix_sessions_last ON sessions (last_at, first_task);
        CREATE INDEX ix_sessions_owner ON sessions (owner, last_at, first_task);
        CREATE INDEX ix_sessions_agent ON sessions (agent_id, last_at, first_task);
        CREATE INDEX ix_sessions_post ON sessions (post_id, last_at, first_task) WHERE post_id IS NOT NULL;
        CREATE INDEX ix_sessions_agent_session ON sessions (agent_session, agent_id, owner) WHERE agent_session IS NOT NULL;

        -- The tasks of a session after its first one.
        CREATE TABLE session_tasks (task_id uuid PRIMARY KEY, session uuid NOT NULL);
        CREATE INDEX ix_session_tasks_session ON session_tasks (session, task_id);
        CREATE INDEX ix_tasks_session ON tasks (session_id, id) WHERE session_id IS NOT NULL;

        -- What the agent itself calls the conversation that a task goes on with: what it told last, folded or not. Two ids,
        -- as a session is called by its first task until its agent gave it a name.
        CREATE FUNCTION agent_session(session text) RETURNS text LANGUAGE sql STABLE AS
        'WITH s AS (
             SELECT id, first_task, agent_session FROM sessions
             WHERE id = $1 OR first_task = CASE WHEN $1 ~ ''^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'' THEN $1::uuid END
             ORDER BY id = $1 DESC LIMIT 1
         )
         SELECT coalesce(
             (SELECT o.session_id FROM s JOIN tasks t ON t.session_id IN (s.id, s.first_task::text, $1) JOIN outcomes o ON o.id = t.id
              WHERE o.session_id IS NOT NULL ORDER BY t.id DESC LIMIT 1),
             (SELECT coalesce(o.session_id, s.agent_session) FROM s LEFT JOIN outcomes o ON o.id = s.first_task),
             $1)';
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DROP FUNCTION agent_session(text);
        DROP INDEX ix_tasks_session;
        DROP TABLE session_tasks, sessions, work_rollups, folded;
        DROP FUNCTION added_counts(bigint[], bigint[]);
        ALTER TABLE outcomes DROP COLUMN accepted;
        """);
}
