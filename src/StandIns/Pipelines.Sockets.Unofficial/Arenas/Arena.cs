using System.Runtime.CompilerServices;

namespace Pipelines.Sockets.Unofficial.Arenas;

/// <summary>Lends out runs of elements that all come back at once, with <see cref="Reset"/>. For one thread at a time.</summary>
public sealed class Arena<T>(ArenaOptions? options = null, Allocator<T>? allocator = null) : IDisposable
{
    private const int SmallestBlock = 64;

    private readonly long _mostKeptBytes = options?.MostKeptBytes ?? ArenaOptions.DefaultMostKeptBytes;
    private T[] _block = [];
    private int _used;

    /// <summary>Kept because callers pass null for it; a real one is not supported.</summary>
    public Allocator<T>? Allocator { get; } =
        allocator is null ? null : throw new NotSupportedException("This arena allocates from the heap alone.");

    public Sequence<T> Allocate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);

        if (length > _block.Length - _used)
        {
            // What was lent out of the old block keeps it alive for as long as it is needed.
            _block = new T[Math.Max(length, Math.Max(SmallestBlock, checked(_block.Length * 2)))];
            _used = 0;
        }

        var lent = new Sequence<T>(_block, _used, length);
        _used += length;
        return lent;
    }

    public void Reset()
    {
        if ((long)_block.Length * Unsafe.SizeOf<T>() > _mostKeptBytes)
        {
            // One huge answer must not hold its memory for ever.
            _block = [];
        }
        else
        {
            // Elements refer to network buffers, which go back to their pool.
            Array.Clear(_block, 0, _used);
        }

        _used = 0;
    }

    public void Dispose()
    {
        _block = [];
        _used = 0;
    }
}

public abstract class Allocator<T>;

/// <summary>Only the defaults mean something here: flags and the retention policy are taken and not used.</summary>
public sealed class ArenaOptions(ArenaFlags flags = ArenaFlags.None, int blockSizeBytes = 0, Func<long, long, long>? retentionPolicy = null)
{
    internal const long DefaultMostKeptBytes = 1024 * 1024;

    public ArenaFlags Flags { get; } = flags;

    public int BlockSizeBytes { get; } = blockSizeBytes;

    public Func<long, long, long>? RetentionPolicy { get; } = retentionPolicy;

    internal long MostKeptBytes => Math.Max(BlockSizeBytes, DefaultMostKeptBytes);
}

[Flags]
public enum ArenaFlags
{
    None = 0,
    ClearAtReset = 1,
    ClearAtDispose = 2,
    PreferUnmanaged = 4,
    PreferPinned = 8,
    BlittableNonPaddedSharing = 16,
}
