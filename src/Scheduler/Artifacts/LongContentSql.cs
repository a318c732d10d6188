using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Scheduler;
using Agents.Scheduler.Artifacts.Stores;
using Agents.Scheduler.Tasks;
using Npgsql;
using NpgsqlTypes;

namespace Agents.Scheduler.Artifacts;

/// <summary>
/// What is too long, written in the transaction of what it belongs to: in the database, whatever the store for files is, so
/// that there is never the one without the other.
/// </summary>
internal static class LongContentSql
{
    private const string Insert =
        """
        INSERT INTO artifacts (id, task_id, kind, state, name, content_type, size, sha256, attempt, created_by, created_at, store)
        VALUES ($1, $2, $3, 1, $4, $5, $6, $7, $8, $9, now(), 'postgres')
        """;

    private const string InsertChunks = "INSERT INTO artifact_chunks (artifact_id, number, data) SELECT $1, c.number - 1, c.data FROM unnest($2) WITH ORDINALITY AS c (data, number)";

    public static async Task InsertLongAsync(
        this NpgsqlConnection connection, Guid task, LongContent content, int? attempt, string by, CancellationToken cancellationToken)
    {
        await using var insert = connection.Statement(Insert)
            .With(content.Id).With(task).With(Artifact.NumberOf(content.Kind)).With(content.Name).With(content.ContentType)
            .With((long)content.Bytes.Length).With(content.Sha256);
        insert.Parameters.Add(new() { Value = (object?)attempt ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer });
        await insert.With(by).ExecuteNonQueryAsync(cancellationToken);
        await using var chunks = connection.Statement(InsertChunks).With(content.Id);
        chunks.Parameters.Add(new NpgsqlParameter<byte[][]>
        {
            TypedValue = [.. content.Bytes.Chunk(PostgresStore.ChunkBytes)],
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea,
        });
        await chunks.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Of tasks that were stored in this transaction.</summary>
    public static async Task KeepLongAsync(this NpgsqlConnection connection, IReadOnlyList<NewTask> tasks, CancellationToken cancellationToken)
    {
        foreach (var task in tasks)
        {
            foreach (var content in task.Long)
            {
                await connection.InsertLongAsync(task.Id, content, attempt: null, task.Caller, cancellationToken);
                var column = content.Kind is ArtifactKind.Prompt ? "prompt_ref" : "input_ref";
                await connection.ReferAsync($"UPDATE tasks SET {column} = $2 WHERE id = $1", task.Id, content.RefIn(task.Id), cancellationToken);
            }
        }
    }

    public static async Task ReferAsync(this NpgsqlConnection connection, string sql, Guid task, ContentRef reference, CancellationToken cancellationToken)
    {
        await using var refer = connection.Statement(sql).With(task);
        refer.Parameters.Add(new NpgsqlParameter<string> { TypedValue = JsonSerializer.Serialize(reference, WireJson.Options), NpgsqlDbType = NpgsqlDbType.Json });
        await refer.ExecuteNonQueryAsync(cancellationToken);
    }

    public static ContentRef? Ref(string? json) => json is null ? null : JsonSerializer.Deserialize<ContentRef>(json, WireJson.Options);
}
