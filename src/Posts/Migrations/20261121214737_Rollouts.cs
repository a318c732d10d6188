using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Agents.Posts.Migrations
{
    /// <inheritdoc />
    public partial class Rollouts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "released",
                table: "posts",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            // Until now all agents followed the newest.
            migrationBuilder.Sql("UPDATE posts SET released = version");

            migrationBuilder.CreateTable(
                name: "rollouts",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    post_id = table.Column<string>(type: "text", nullable: false),
                    from = table.Column<int>(type: "integer", nullable: false),
                    to = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    steps = table.Column<List<int>>(type: "integer[]", nullable: false),
                    step = table.Column<int>(type: "integer", nullable: false),
                    automatic = table.Column<bool>(type: "boolean", nullable: false),
                    tasks = table.Column<int>(type: "integer", nullable: false),
                    success_drop = table.Column<double>(type: "double precision", nullable: false),
                    cost_rise = table.Column<double>(type: "double precision", nullable: false),
                    min_success = table.Column<double>(type: "double precision", nullable: false),
                    note = table.Column<string>(type: "text", nullable: false),
                    started_by = table.Column<string>(type: "text", nullable: false),
                    started_by_name = table.Column<string>(type: "text", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    step_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    counted = table.Column<long>(type: "bigint", nullable: true),
                    before_cost_usd = table.Column<double>(type: "double precision", nullable: false),
                    before_done = table.Column<long>(type: "bigint", nullable: false),
                    before_failed = table.Column<long>(type: "bigint", nullable: false),
                    before_tokens = table.Column<long>(type: "bigint", nullable: false),
                    new_cost_usd = table.Column<double>(type: "double precision", nullable: false),
                    new_done = table.Column<long>(type: "bigint", nullable: false),
                    new_failed = table.Column<long>(type: "bigint", nullable: false),
                    new_tokens = table.Column<long>(type: "bigint", nullable: false),
                    old_cost_usd = table.Column<double>(type: "double precision", nullable: false),
                    old_done = table.Column<long>(type: "bigint", nullable: false),
                    old_failed = table.Column<long>(type: "bigint", nullable: false),
                    old_tokens = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rollouts", x => x.id);
                    table.ForeignKey(
                        name: "fk_rollouts_posts_post_id",
                        column: x => x.post_id,
                        principalTable: "posts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "rollout_agents",
                columns: table => new
                {
                    rollout_id = table.Column<string>(type: "text", nullable: false),
                    agent_id = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rollout_agents", x => new { x.rollout_id, x.agent_id });
                    table.ForeignKey(
                        name: "fk_rollout_agents_rollouts_rollout_id",
                        column: x => x.rollout_id,
                        principalTable: "rollouts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_rollout_agents_agent_id",
                table: "rollout_agents",
                column: "agent_id");

            migrationBuilder.CreateIndex(
                name: "ix_rollouts_post_id_started_at",
                table: "rollouts",
                columns: new[] { "post_id", "started_at" });

            migrationBuilder.CreateIndex(
                name: "ix_rollouts_running",
                table: "rollouts",
                column: "post_id",
                unique: true,
                filter: "state = 'running'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "rollout_agents");

            migrationBuilder.DropTable(
                name: "rollouts");

            migrationBuilder.DropColumn(
                name: "released",
                table: "posts");
        }
    }
}
