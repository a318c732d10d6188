using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Agents.Registry.Migrations;

/// <summary>The figures' tables: partitioned by time, and written and read by plain SQL alone (Metrics/MetricSql.cs), so the model has none of them.</summary>
public partial class Metrics : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE metric_series (
            id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            device_id text NOT NULL,
            agent_id text NOT NULL,
            name text NOT NULL,
            labels jsonb NOT NULL,
            labels_hash bytea NOT NULL,
            UNIQUE (device_id, agent_id, name, labels_hash)
        );
        CREATE INDEX ix_metric_series_agent ON metric_series (agent_id, name) WHERE agent_id <> '';

        CREATE TABLE metric_points (series_id integer NOT NULL, at timestamptz NOT NULL, value double precision NOT NULL) PARTITION BY RANGE (at);
        CREATE INDEX ix_metric_points_series ON metric_points (series_id, at);
        CREATE INDEX ix_metric_points_at ON metric_points USING brin (at) WITH (pages_per_range = 16);

        CREATE TABLE metric_minutes (
            series_id integer NOT NULL, at timestamptz NOT NULL, min double precision NOT NULL, max double precision NOT NULL,
            sum double precision NOT NULL, count bigint NOT NULL, last double precision NOT NULL, PRIMARY KEY (series_id, at)
        ) PARTITION BY RANGE (at);

        CREATE TABLE metric_hours (
            series_id integer NOT NULL, at timestamptz NOT NULL, min double precision NOT NULL, max double precision NOT NULL,
            sum double precision NOT NULL, count bigint NOT NULL, last double precision NOT NULL, PRIMARY KEY (series_id, at)
        ) PARTITION BY RANGE (at);

        CREATE TABLE metric_dirty_minutes (at timestamptz PRIMARY KEY);
        CREATE TABLE metric_dirty_hours (at timestamptz PRIMARY KEY);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        "DROP TABLE metric_dirty_hours, metric_dirty_minutes, metric_hours, metric_minutes, metric_points, metric_series;");
}
