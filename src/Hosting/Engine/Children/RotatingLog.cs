using System.Text;

namespace Agents.Hosting.Engine;

/// <summary>A log of bounded size: <c>name.log</c>, and <c>name.log.1</c> to <c>.3</c> that are older.</summary>
internal sealed class RotatingLog(string path, TimeProvider time, long limit = 10_000_000, int kept = 3) : IDisposable
{
    private readonly Lock _lock = new();
    private FileStream? _file;
    private string _lastLine = "";
    private bool _disposed;

    public string Path { get; } = path;

    /// <summary>What was written last: where a child dies, this is mostly why.</summary>
    public string LastLine
    {
        get
        {
            lock (_lock)
            {
                return _lastLine;
            }
        }
    }

    public void WriteLine(string line) => Write(Encoding.UTF8.GetBytes($"{time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {line}\n"));

    public void Write(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            try
            {
                _file ??= Open();
                if (_file.Length > 0 && _file.Length + bytes.Length > limit)
                {
                    Rotate();
                }

                _file.Write(bytes);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
            {
                // A full disk loses lines; it must not stop the program whose lines they are.
            }

            Remember(bytes);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _file?.Dispose();
        }
    }

    private FileStream Open()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        return new FileStream(Path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
    }

    private void Rotate()
    {
        _file!.Dispose();
        for (var i = kept - 1; i >= 0; i--)
        {
            var from = i == 0 ? Path : $"{Path}.{i}";
            if (File.Exists(from))
            {
                File.Move(from, $"{Path}.{i + 1}", overwrite: true);
            }
        }

        _file = Open();
    }

    private void Remember(ReadOnlySpan<byte> bytes)
    {
        var end = Encoding.UTF8.GetString(bytes[Math.Max(0, bytes.Length - 500)..]);
        if (end.Split('\n').LastOrDefault(line => !string.IsNullOrWhiteSpace(line)) is { } line)
        {
            _lastLine = line.Trim();
        }
    }
}
