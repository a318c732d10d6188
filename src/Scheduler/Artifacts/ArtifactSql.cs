using Npgsql;
using NpgsqlTypes;

namespace Agents.Scheduler.Artifacts;

/// <summary>The rows of artifacts. Their content is a store's.</summary>
internal static class ArtifactSql
{
    /// <summary>What is being uploaded counts as well, unless it has been for long and so may have been given up.</summary>
    private const string Begin =
        """
        INSERT INTO artifacts (id, task_id, kind, state, name, content_type, size, attempt, created_by, created_at, store)
        SELECT $1, $2, $12, 0, $3, $4, $5, $6, $7, $8, $9
        FROM (
            SELECT count(*) AS count, coalesce(sum(size), 0) AS size FROM artifacts
            WHERE task_id = $2 AND (state = 1 OR (state = 0 AND created_at > $8 - interval '15 minutes'))
        ) there
        WHERE there.count < $10 AND there.size + $5 <= $11
        """;

    /// <summary>Two that finish at once are counted one after the other.</summary>
    private const string Turn = "SELECT pg_advisory_xact_lock(hashtextextended($1::text, 4))";

    private const string Finish =
        """
        UPDATE artifacts SET state = 1, size = $3, sha256 = $4
        WHERE id = $1 AND state = 0 AND (SELECT coalesce(sum(size), 0) FROM artifacts WHERE task_id = $2 AND state = 1) + $3 <= $5
        """;

    private const string OfTask = $"SELECT {Artifact.Columns} FROM artifacts a WHERE a.task_id = $1 AND a.state = 1 AND a.kind <> 4 ORDER BY a.id DESC OFFSET $2 LIMIT $3";
    private const string Count = "SELECT count(*) FROM artifacts WHERE task_id = $1 AND state = 1 AND kind <> 4";
    private const string One = $"SELECT {Artifact.Columns} FROM artifacts a WHERE a.task_id = $1 AND a.id = $2 AND a.state = 1";

    private const string Same =
        $"""
        SELECT {Artifact.Columns} FROM artifacts a
        WHERE a.task_id = $1 AND a.attempt = $2 AND a.name = $3 AND a.kind = $4 AND a.sha256 = $5 AND a.state = 1 ORDER BY a.id LIMIT 1
        """;

    /// <summary>A file is dropped by itself; what belongs to the task itself goes with it.</summary>
    private const string Drop = "UPDATE artifacts SET state = 2 WHERE id = $1 AND kind IN (0, 4) AND state <> 2";

    private const string Forget = "DELETE FROM artifacts WHERE id = ANY ($1) AND state = 2";

    /// <summary>False: the task has too many, or too much, already.</summary>
    public static async Task<bool> BeginArtifactAsync(
        this NpgsqlDataSource postgres, NewArtifact artifact, string store, WorkOptions limits, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(Begin)
            .With(artifact.Id).With(artifact.Task).With(artifact.Name).With(artifact.ContentType).With(artifact.Size ?? 0);
        command.Parameters.Add(new() { Value = (object?)artifact.Attempt ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer });
        command.With(artifact.CreatedBy).With(artifact.CreatedAt).With(store).With((long)limits.MaxArtifactsPerTask).With(limits.MaxArtifactBytesPerTask).With(Artifact.NumberOf(artifact.Kind));
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>In a transaction of the caller's. False: with it the task would have too much, or it was swept away.</summary>
    public static async Task<bool> FinishArtifactAsync(
        this NpgsqlConnection connection, NewArtifact artifact, long size, byte[] sha256, long maxPerTask, CancellationToken cancellationToken)
    {
        await using var turn = connection.Statement(Turn).With(artifact.Task);
        await turn.ExecuteNonQueryAsync(cancellationToken);
        await using var finish = connection.Statement(Finish).With(artifact.Id).With(artifact.Task).With(size).With(sha256).With(maxPerTask);
        return await finish.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>The newest first.</summary>
    public static async Task<(List<Artifact> Items, long Total)> ArtifactsAsync(
        this NpgsqlDataSource postgres, Guid task, int skip, int take, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(OfTask).With(task).With(skip).With(take);
        var items = await command.ListAsync(Artifact.Read, cancellationToken);
        await using var count = postgres.CreateCommand(Count).With(task);
        return (items, (long)(await count.ExecuteScalarAsync(cancellationToken))!);
    }

    public static async Task<Artifact?> ArtifactAsync(this NpgsqlDataSource postgres, Guid task, Guid id, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(One).With(task).With(id);
        return (await command.ListAsync(Artifact.Read, cancellationToken)).SingleOrDefault();
    }

    /// <summary>What its holder has brought under this name and with this content before, in the same attempt.</summary>
    public static async Task<Artifact?> SameArtifactAsync(
        this NpgsqlDataSource postgres, Guid task, int attempt, string name, string kind, byte[] sha256, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(Same).With(task).With(attempt).WithText(name).With(Artifact.NumberOf(kind)).With(sha256);
        return (await command.ListAsync(Artifact.Read, cancellationToken)).FirstOrDefault();
    }

    /// <summary>It is there for nobody from now on; its content goes next.</summary>
    public static async Task<bool> DropArtifactAsync(this NpgsqlConnection connection, Guid id, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Drop).With(id);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>To be called when their content is gone.</summary>
    public static async Task ForgetArtifactsAsync(this NpgsqlDataSource postgres, Guid[] ids, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(Forget).With(ids);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
