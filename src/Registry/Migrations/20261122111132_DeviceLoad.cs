using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Agents.Registry.Migrations
{
    /// <inheritdoc />
    public partial class DeviceLoad : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<short>(
                name: "cpu",
                table: "presence",
                type: "smallint",
                nullable: true);

            migrationBuilder.AddColumn<short>(
                name: "disk",
                table: "presence",
                type: "smallint",
                nullable: true);

            migrationBuilder.AddColumn<short>(
                name: "memory",
                table: "presence",
                type: "smallint",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "cpu",
                table: "presence");

            migrationBuilder.DropColumn(
                name: "disk",
                table: "presence");

            migrationBuilder.DropColumn(
                name: "memory",
                table: "presence");
        }
    }
}
