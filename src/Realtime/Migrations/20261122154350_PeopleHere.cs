using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Agents.Realtime.Migrations
{
    /// <inheritdoc />
    public partial class PeopleHere : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "people_here",
                columns: table => new
                {
                    member = table.Column<string>(type: "text", nullable: false),
                    instance = table.Column<string>(type: "text", nullable: false),
                    seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_people_here", x => new { x.member, x.instance });
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "people_here");
        }
    }
}
