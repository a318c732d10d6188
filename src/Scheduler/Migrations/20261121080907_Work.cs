using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Agents.Scheduler.Migrations;

/// <summary>
/// The tables of work, as docs/protocol.md names them: written and read by plain SQL alone, so the model has none of them.
/// Ids are UUIDv7 and rise with time, so what is cut by id is cut by time, and what is old is dropped as a whole.
/// </summary>
public partial class Work : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE tasks (
            id uuid PRIMARY KEY,
            type text NOT NULL,
            prompt text,
            input json,
            options json,
            post_id text,
            agent_id text,
            group_id text,
            parent_id uuid,
            requires json,
            priority smallint NOT NULL,
            depends_on uuid[],
            run_anyway boolean NOT NULL,
            not_before timestamptz,
            deadline timestamptz,
            timeout_s integer,
            max_attempts smallint NOT NULL,
            backoff double precision NOT NULL,
            dedup_key text,
            session_id text,
            labels jsonb,
            created_by text NOT NULL,
            created_at timestamptz NOT NULL
        ) PARTITION BY RANGE (id);
        CREATE INDEX ix_tasks_created_by ON tasks (created_by, id);
        CREATE INDEX ix_tasks_type ON tasks (type, id);
        CREATE INDEX ix_tasks_agent ON tasks (agent_id, id) WHERE agent_id IS NOT NULL;
        CREATE INDEX ix_tasks_post ON tasks (post_id, id) WHERE post_id IS NOT NULL;
        CREATE INDEX ix_tasks_parent ON tasks (parent_id) WHERE parent_id IS NOT NULL;
        CREATE INDEX ix_tasks_labels ON tasks USING gin (labels) WHERE labels IS NOT NULL;

        -- stage: 0 blocked, 1 scheduled, 2 queued, 3 held by a holder. Held and started is running; started_at stands in no
        -- index and no index condition, so that an accept rewrites the row in its place.
        CREATE TABLE live (
            id uuid PRIMARY KEY,
            stage smallint NOT NULL,
            rank bigint NOT NULL,
            lane bigint NOT NULL,
            attempt integer NOT NULL DEFAULT 0,
            accepted integer NOT NULL DEFAULT 0,
            accepted_attempt integer NOT NULL DEFAULT 0,
            events bigint NOT NULL,
            seq bigint NOT NULL DEFAULT 0,
            agent_id text,
            device_id text,
            holder text,
            connection text,
            assigned_at timestamptz,
            started_at timestamptz,
            ready_at timestamptz,
            deadline timestamptz,
            timeout_s integer,
            max_attempts smallint NOT NULL,
            backoff double precision NOT NULL,
            waits integer NOT NULL DEFAULT 0,
            run_anyway boolean NOT NULL,
            depended boolean NOT NULL DEFAULT false,
            parent_id uuid
        ) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);
        CREATE INDEX ix_live_queue ON live (lane, rank, id) WHERE stage = 2;
        CREATE INDEX ix_live_held ON live (holder) WHERE stage = 3;
        CREATE INDEX ix_live_due ON live (ready_at) WHERE stage = 1;
        CREATE INDEX ix_live_deadline ON live (deadline) WHERE deadline IS NOT NULL;

        CREATE TABLE outcomes (
            id uuid PRIMARY KEY,
            status text NOT NULL,
            attempt integer NOT NULL,
            agent_id text,
            device_id text,
            result json,
            error_kind text,
            error text,
            usage json,
            session_id text,
            assigned_at timestamptz,
            started_at timestamptz,
            finished_at timestamptz NOT NULL
        ) PARTITION BY RANGE (id);
        CREATE INDEX ix_outcomes_status ON outcomes (status, id);
        CREATE INDEX ix_outcomes_agent ON outcomes (agent_id, id) WHERE agent_id IS NOT NULL;

        CREATE TABLE task_events (
            task_id uuid NOT NULL,
            number bigint NOT NULL,
            tx xid8 NOT NULL DEFAULT pg_current_xact_id(),
            horizon xid8 NOT NULL DEFAULT pg_snapshot_xmin(pg_current_snapshot()),
            at timestamptz NOT NULL DEFAULT now(),
            kind text NOT NULL,
            status text,
            attempt integer NOT NULL,
            agent_id text,
            device_id text,
            data json,
            percent real,
            PRIMARY KEY (task_id, number)
        ) PARTITION BY RANGE (task_id);
        CREATE INDEX ix_task_events_tx ON task_events (tx);

        CREATE TABLE ending (
            task_id uuid NOT NULL,
            attempt integer NOT NULL,
            agent_id text NOT NULL,
            device_id text,
            holder text NOT NULL,
            until timestamptz NOT NULL,
            PRIMARY KEY (task_id, attempt)
        );
        CREATE INDEX ix_ending_holder ON ending (holder);

        CREATE TABLE holders (
            holder text PRIMARY KEY,
            instance text NOT NULL,
            connection text NOT NULL,
            here boolean NOT NULL,
            takes boolean NOT NULL,
            lease_until timestamptz NOT NULL,
            since timestamptz NOT NULL,
            names boolean NOT NULL DEFAULT false,
            load double precision
        ) WITH (fillfactor = 50);

        CREATE TABLE realtimes (instance text PRIMARY KEY, seen_at timestamptz NOT NULL) WITH (fillfactor = 50);

        CREATE TABLE lanes (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            key text NOT NULL UNIQUE,
            agent_id text,
            post_id text,
            owner text,
            requires json,
            used_at timestamptz NOT NULL
        );

        CREATE TABLE dependencies (task_id uuid NOT NULL, on_id uuid NOT NULL, PRIMARY KEY (task_id, on_id));
        CREATE INDEX ix_dependencies_on ON dependencies (on_id);

        CREATE TABLE dedup (
            caller text NOT NULL, key text NOT NULL, task_id uuid NOT NULL, expires_at timestamptz NOT NULL, PRIMARY KEY (caller, key)
        );
        CREATE INDEX ix_dedup_expires ON dedup (expires_at);

        CREATE TABLE leadership (one boolean PRIMARY KEY DEFAULT true CHECK (one), epoch bigint NOT NULL, leader text NOT NULL, until timestamptz NOT NULL)
            WITH (fillfactor = 10);
        INSERT INTO leadership (epoch, leader, until) VALUES (0, '', '-infinity');
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        "DROP TABLE leadership, dedup, dependencies, lanes, realtimes, holders, ending, task_events, outcomes, live, tasks;");
}
