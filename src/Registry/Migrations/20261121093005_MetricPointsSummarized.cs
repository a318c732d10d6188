using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Agents.Registry.Migrations;

/// <summary>
/// Pages of points that were written since the last vacuum are unknown to the index of their time, and read one and all;
/// points are never updated, so vacuum hardly comes by. Now they are summarised when a range of pages is full. Such a
/// setting cannot be changed on a partitioned index, only made with it: anew, for the partitions that there are as well.
/// </summary>
public partial class MetricPointsSummarized : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DROP INDEX ix_metric_points_at;
        CREATE INDEX ix_metric_points_at ON metric_points USING brin (at) WITH (pages_per_range = 16, autosummarize = on);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DROP INDEX ix_metric_points_at;
        CREATE INDEX ix_metric_points_at ON metric_points USING brin (at) WITH (pages_per_range = 16);
        """);
}
