using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Agents.Registry.Migrations;

/// <summary>
/// Budgets that agents have otherwise than their posts, beside the agents. What overrides say already is taken along, save
/// from those whose texts PostgreSQL can't look into.
/// </summary>
[DbContext(typeof(RegistryDb))]
[Migration("20261121191500_AgentLimits")]
public sealed class AgentLimits : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE agents ADD COLUMN limits json;
        UPDATE agents a SET limits = l.limits
        FROM (
            SELECT o.agent_id, (SELECT json_object_agg(f.key, f.value) FROM json_each(o.overrides -> 'limits') f
                                WHERE f.key IN ('tokens_per_task', 'cost_per_task', 'tokens_per_day', 'cost_per_day')) AS limits
            FROM agent_overrides o
            WHERE CASE WHEN strpos(o.overrides::text, '\u') > 0 THEN false ELSE json_typeof(o.overrides -> 'limits') = 'object' END
        ) l
        WHERE a.id = l.agent_id AND l.limits IS NOT NULL;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("ALTER TABLE agents DROP COLUMN limits;");
}
