using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Agents.Realtime.Migrations
{
    /// <inheritdoc />
    public partial class SeenFramesElsewhere : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "seen_frames");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "seen_frames",
                columns: table => new
                {
                    device_id = table.Column<string>(type: "text", nullable: false),
                    frame_id = table.Column<string>(type: "text", nullable: false),
                    seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_seen_frames", x => new { x.device_id, x.frame_id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_seen_frames_seen_at",
                table: "seen_frames",
                column: "seen_at");
        }
    }
}
