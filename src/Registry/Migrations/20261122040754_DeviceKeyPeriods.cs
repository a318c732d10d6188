using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Agents.Registry.Migrations
{
    /// <inheritdoc />
    public partial class DeviceKeyPeriods : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(
                name: "pk_device_keys",
                table: "device_keys");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "signs_until",
                table: "device_keys",
                type: "timestamp with time zone",
                nullable: true);

            // A device signs with one key at most: the one before ended when the next began, and those of who has none now have ended.
            migrationBuilder.Sql(
                """
                UPDATE device_keys k
                SET signs_until = coalesce((SELECT min(n.signs_from) FROM device_keys n WHERE n.device_id = k.device_id AND n.signs_from > k.signs_from), now())
                WHERE NOT EXISTS (SELECT FROM devices d WHERE d.id = k.device_id AND d.key_id = k.key_id)
                """);

            migrationBuilder.AddPrimaryKey(
                name: "pk_device_keys",
                table: "device_keys",
                columns: new[] { "device_id", "signs_from" });

            migrationBuilder.CreateIndex(
                name: "ix_device_keys_device_id",
                table: "device_keys",
                column: "device_id",
                unique: true,
                filter: "signs_until IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(
                name: "pk_device_keys",
                table: "device_keys");

            migrationBuilder.DropIndex(
                name: "ix_device_keys_device_id",
                table: "device_keys");

            migrationBuilder.DropColumn(
                name: "signs_until",
                table: "device_keys");

            migrationBuilder.Sql(
                "DELETE FROM device_keys k USING device_keys n WHERE n.device_id = k.device_id AND n.key_id = k.key_id AND n.signs_from > k.signs_from");

            migrationBuilder.AddPrimaryKey(
                name: "pk_device_keys",
                table: "device_keys",
                columns: new[] { "device_id", "key_id" });
        }
    }
}
