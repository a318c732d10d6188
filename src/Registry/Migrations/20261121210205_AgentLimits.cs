using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Agents.Registry.Migrations
{
    /// <inheritdoc />
    public partial class AgentLimits : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "limits",
                table: "agents",
                type: "json",
                nullable: true);

            // What overrides say already, save those with texts that PostgreSQL can't look into.
            migrationBuilder.Sql(
                """
                UPDATE agents a SET limits = l.limits
                FROM (
                    SELECT o.agent_id, CASE json_typeof(o.overrides -> 'limits')
                        WHEN 'object' THEN (SELECT json_object_agg(f.key, f.value) FROM json_each(o.overrides -> 'limits') f
                                            WHERE f.key IN ('tokens_per_task', 'cost_per_task', 'tokens_per_day', 'cost_per_day'))
                        WHEN 'null' THEN '{"tokens_per_task":null,"cost_per_task":null,"tokens_per_day":null,"cost_per_day":null}'::json END AS limits
                    FROM (SELECT agent_id, overrides FROM agent_overrides WHERE strpos(overrides::text, '\u') = 0 OFFSET 0) o
                ) l
                WHERE a.id = l.agent_id AND l.limits IS NOT NULL;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "limits",
                table: "agents");
        }
    }
}
