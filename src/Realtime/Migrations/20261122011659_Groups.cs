using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Agents.Realtime.Migrations
{
    /// <inheritdoc />
    public partial class Groups : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "group_attachments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    group_id = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    media_type = table.Column<string>(type: "text", nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    sha256 = table.Column<byte[]>(type: "bytea", nullable: false),
                    uploaded_by = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_group_attachments", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "group_entries",
                columns: table => new
                {
                    group_id = table.Column<string>(type: "text", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    author = table.Column<string>(type: "text", nullable: false),
                    author_name = table.Column<string>(type: "text", nullable: false),
                    content = table.Column<string>(type: "text", nullable: false),
                    before = table.Column<string>(type: "text", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    reply_to = table.Column<Guid>(type: "uuid", nullable: true),
                    thread = table.Column<Guid>(type: "uuid", nullable: true),
                    target = table.Column<Guid>(type: "uuid", nullable: true),
                    mentions = table.Column<string>(type: "jsonb", nullable: true),
                    attachments = table.Column<string>(type: "jsonb", nullable: true),
                    task_id = table.Column<string>(type: "text", nullable: true),
                    hop = table.Column<int>(type: "integer", nullable: false),
                    cause = table.Column<Guid>(type: "uuid", nullable: true),
                    root = table.Column<Guid>(type: "uuid", nullable: false),
                    signature = table.Column<string>(type: "jsonb", nullable: true),
                    dedup_key = table.Column<string>(type: "text", nullable: true),
                    edited_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_group_entries", x => new { x.group_id, x.seq });
                });

            migrationBuilder.CreateTable(
                name: "group_members",
                columns: table => new
                {
                    group_id = table.Column<string>(type: "text", nullable: false),
                    member = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    joined_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    read_seq = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_group_members", x => new { x.group_id, x.member });
                });

            migrationBuilder.CreateTable(
                name: "group_threads",
                columns: table => new
                {
                    group_id = table.Column<string>(type: "text", nullable: false),
                    root = table.Column<Guid>(type: "uuid", nullable: false),
                    minute_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    in_minute = table.Column<int>(type: "integer", nullable: false),
                    tokens = table.Column<long>(type: "bigint", nullable: false),
                    cost = table.Column<decimal>(type: "numeric", nullable: false),
                    stopped = table.Column<string>(type: "text", nullable: true),
                    since = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_group_threads", x => new { x.group_id, x.root });
                });

            migrationBuilder.CreateTable(
                name: "groups",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    visibility = table.Column<string>(type: "text", nullable: false),
                    created_by = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    archived_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_seq = table.Column<long>(type: "bigint", nullable: false),
                    last_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    max_hops = table.Column<int>(type: "integer", nullable: true),
                    max_per_minute = table.Column<int>(type: "integer", nullable: true),
                    max_tokens = table.Column<long>(type: "bigint", nullable: true),
                    max_cost = table.Column<decimal>(type: "numeric", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_groups", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "inbox",
                columns: table => new
                {
                    owner = table.Column<string>(type: "text", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    group_id = table.Column<string>(type: "text", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    told_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    read_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inbox", x => new { x.owner, x.id });
                });

            migrationBuilder.CreateTable(
                name: "group_attachment_chunks",
                columns: table => new
                {
                    attachment_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_group_attachment_chunks", x => new { x.attachment_id, x.number });
                    table.ForeignKey(
                        name: "fk_group_attachment_chunks_group_attachments_attachment_id",
                        column: x => x.attachment_id,
                        principalTable: "group_attachments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_group_attachments_at",
                table: "group_attachments",
                column: "at",
                filter: "entry_id IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_group_attachments_entry_id",
                table: "group_attachments",
                column: "entry_id",
                filter: "entry_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_group_entries_group_id_author_dedup_key",
                table: "group_entries",
                columns: new[] { "group_id", "author", "dedup_key" },
                unique: true,
                filter: "dedup_key IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_group_entries_group_id_thread_seq",
                table: "group_entries",
                columns: new[] { "group_id", "thread", "seq" },
                filter: "thread IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_group_entries_id",
                table: "group_entries",
                column: "id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_group_entries_target",
                table: "group_entries",
                column: "target",
                filter: "target IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_group_members_member",
                table: "group_members",
                column: "member");

            migrationBuilder.CreateIndex(
                name: "ix_groups_created_by",
                table: "groups",
                column: "created_by");

            migrationBuilder.CreateIndex(
                name: "ix_inbox_group_id_seq",
                table: "inbox",
                columns: new[] { "group_id", "seq" });

            migrationBuilder.CreateIndex(
                name: "ix_inbox_unread",
                table: "inbox",
                columns: new[] { "owner", "id" },
                filter: "read_at IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "group_attachment_chunks");

            migrationBuilder.DropTable(
                name: "group_entries");

            migrationBuilder.DropTable(
                name: "group_members");

            migrationBuilder.DropTable(
                name: "group_threads");

            migrationBuilder.DropTable(
                name: "groups");

            migrationBuilder.DropTable(
                name: "inbox");

            migrationBuilder.DropTable(
                name: "group_attachments");
        }
    }
}
