using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Agents.Scheduler.Migrations;

/// <summary>Figures by agents, by types, by owners and of all, so that a report of months reads hundreds of rows where it read millions. They are added up from those that are there.</summary>
[DbContext(typeof(SchedulerDb))]
[Migration("20261121170000_ReportsOfMuch")]
public sealed class ReportsOfMuch : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("DELETE FROM work_rollups WHERE level = 2;");
        const string agent = "agent_id, post_id, device_id";
        const string day = "date_trunc('day', at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'";
        const string week = "to_timestamp(floor(extract(epoch FROM at) / 691200) * 691200)";
        foreach (var (level, from, at, kept) in new[]
        {
            (3, 0, "at", agent), (4, 3, day, agent), (5, 4, week, agent), (6, 0, "at", "type"), (7, 6, day, "type"),
            (8, 0, "at", "owner"), (9, 8, day, "owner"), (10, 9, week, "owner"), (11, 6, "at", "nothing"),
        })
        {
            var columns = string.Join(", ", new[] { "owner", "agent_id", "post_id", "device_id", "type" }.Select(column => kept.Contains(column) ? column : $"'' AS {column}"));
            string Counts(string name) =>
                $"""
                (SELECT at, owner, agent_id, post_id, device_id, type, array_agg(bucket << 40 | n ORDER BY bucket) AS counts
                 FROM (SELECT at, owner, agent_id, post_id, device_id, type, entry >> 40 AS bucket, sum(entry & ((1::bigint << 40) - 1))::bigint AS n
                       FROM source, unnest({name}) AS entry GROUP BY 1, 2, 3, 4, 5, 6, 7) each GROUP BY 1, 2, 3, 4, 5, 6)
                """;
            migrationBuilder.Sql(
                $"""
                WITH source AS MATERIALIZED (
                    SELECT {at} AS at, {columns}, done, failed, canceled, retries, input_tokens, output_tokens, cost_usd, waited, ran, waits, runs FROM work_rollups WHERE level = {from}
                )
                INSERT INTO work_rollups
                SELECT {level}, s.at, s.owner, s.agent_id, s.post_id, s.device_id, s.type, s.done, s.failed, s.canceled, s.retries, s.input_tokens, s.output_tokens, s.cost_usd, s.waited, s.ran,
                       coalesce(w.counts, '{"{}"}'), coalesce(r.counts, '{"{}"}')
                FROM (SELECT at, owner, agent_id, post_id, device_id, type, sum(done)::bigint AS done, sum(failed)::bigint AS failed, sum(canceled)::bigint AS canceled,
                             sum(retries)::bigint AS retries, sum(input_tokens)::bigint AS input_tokens, sum(output_tokens)::bigint AS output_tokens, sum(cost_usd) AS cost_usd,
                             sum(waited) AS waited, sum(ran) AS ran
                      FROM source GROUP BY 1, 2, 3, 4, 5, 6) s
                LEFT JOIN {Counts("waits")} w USING (at, owner, agent_id, post_id, device_id, type)
                LEFT JOIN {Counts("runs")} r USING (at, owner, agent_id, post_id, device_id, type);
                """);
        }
    }

    /// <summary>What level 2 said is added up again from level 0.</summary>
    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DELETE FROM work_rollups WHERE level > 2;");
}
