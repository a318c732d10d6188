namespace Agents.Scheduler.Artifacts.Stores;

/// <summary>An artifact's content as one can leap in it: opened where reading begins, so that a part costs a part.</summary>
internal sealed class ArtifactStream(IArtifactStore store, Guid id, long length) : ReadingStream
{
    private Stream? _open;
    private long _openAt;
    private long _position;

    public override bool CanSeek => true;

    public override long Length => length;

    public override long Position { get => _position; set => _position = value; }

    public override long Seek(long offset, SeekOrigin origin) => _position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => length + offset,
    };

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position >= length || buffer.IsEmpty)
        {
            return 0;
        }

        if (_open is null || _openAt != _position)
        {
            await CloseAsync();
            _open = await store.OpenAsync(id, _position, cancellationToken);
        }

        var read = await _open.ReadAsync(buffer[..(int)Math.Min(buffer.Length, length - _position)], cancellationToken);
        if (read == 0)
        {
            throw new EndOfStreamException($"The artifact {id} should have {length} bytes and ends after {_position}.");
        }

        _openAt = _position += read;
        return read;
    }

    public override async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await base.DisposeAsync();
    }

    private async ValueTask CloseAsync()
    {
        if (_open is not null)
        {
            await _open.DisposeAsync();
            _open = null;
        }
    }
}
