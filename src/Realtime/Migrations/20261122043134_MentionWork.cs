using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Agents.Realtime.Migrations
{
    /// <inheritdoc />
    public partial class MentionWork : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "group_works",
                columns: table => new
                {
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    agent_id = table.Column<string>(type: "text", nullable: false),
                    group_id = table.Column<string>(type: "text", nullable: false),
                    thread = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    task_id = table.Column<string>(type: "text", nullable: true),
                    session_id = table.Column<string>(type: "text", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_group_works", x => new { x.entry_id, x.agent_id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_group_works_open",
                table: "group_works",
                column: "at",
                filter: "ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_group_works_sessions",
                table: "group_works",
                columns: new[] { "thread", "agent_id", "at" },
                filter: "session_id IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "group_works");
        }
    }
}
