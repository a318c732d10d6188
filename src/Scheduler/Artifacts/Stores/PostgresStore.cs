using System.Buffers;
using Agents.ServiceDefaults.Files;
using Npgsql;
using NpgsqlTypes;

namespace Agents.Scheduler.Artifacts.Stores;

/// <summary>
/// In chunks of one size, each written and read in a statement of its own: a sender or reader that is slow holds no
/// connection and no transaction.
/// </summary>
internal sealed class PostgresStore(NpgsqlDataSource postgres) : IArtifactStore
{
    public const string StoreName = "postgres";
    public const int ChunkBytes = 256 * 1024;

    /// <summary>Not for one that was swept away meanwhile: its chunks would stay for ever.</summary>
    private const string Write =
        "INSERT INTO artifact_chunks (artifact_id, number, data) SELECT id, $2, $3 FROM artifacts WHERE id = $1 AND state = 0 FOR SHARE";

    private const string Delete = "DELETE FROM artifact_chunks WHERE artifact_id = ANY ($1)";

    public string Name => StoreName;

    public string Address => "the database";

    public async Task WriteAsync(Guid id, UploadBody body, CancellationToken cancellationToken)
    {
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            for (var (number, filled) = (0, ChunkBytes); filled == ChunkBytes; number++)
            {
                filled = await body.FillAsync(chunk.AsMemory(0, ChunkBytes), cancellationToken);
                if (filled > 0)
                {
                    await using var write = postgres.CreateCommand(Write).With(id).With(number);
                    write.Parameters.Add(new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = chunk.AsMemory(0, filled), NpgsqlDbType = NpgsqlDbType.Bytea });
                    if (await write.ExecuteNonQueryAsync(cancellationToken) != 1)
                    {
                        throw new IOException($"The artifact {id} was removed while it came.");
                    }
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    public Task<Stream> OpenAsync(Guid id, long from, CancellationToken cancellationToken) => Task.FromResult<Stream>(new ChunkStream(postgres, id, from));

    public async Task DeleteAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        await using var delete = postgres.CreateCommand(Delete).With<Guid[]>([.. ids]);
        await delete.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The service itself does not start without it.</summary>
    public Task CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
