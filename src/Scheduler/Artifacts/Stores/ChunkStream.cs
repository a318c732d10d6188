using Npgsql;

namespace Agents.Scheduler.Artifacts.Stores;

/// <summary>Chunks one after the other, each asked for when it is needed.</summary>
internal sealed class ChunkStream(NpgsqlDataSource postgres, Guid id, long from) : ReadingStream
{
    private const string ReadChunk = "SELECT data FROM artifact_chunks WHERE artifact_id = $1 AND number = $2";

    private int _number = (int)(from / PostgresStore.ChunkBytes);
    private int _skip = (int)(from % PostgresStore.ChunkBytes);
    private ReadOnlyMemory<byte> _left;
    private bool _isLast;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_left.IsEmpty && !_isLast)
        {
            await using var command = postgres.CreateCommand(ReadChunk).With(id).With(_number++);
            var chunk = await command.ExecuteScalarAsync(cancellationToken) as byte[] ?? [];
            _isLast = chunk.Length < PostgresStore.ChunkBytes;
            _left = chunk.AsMemory(Math.Min(_skip, chunk.Length));
            _skip = 0;
        }

        var count = Math.Min(buffer.Length, _left.Length);
        _left[..count].CopyTo(buffer);
        _left = _left[count..];
        return count;
    }
}
