using Agents.Daemon.State;
using Microsoft.Extensions.Logging;

namespace Agents.Daemon.Link;

/// <summary>
/// What waits for a connection, on disk as well, so that a daemon that is killed meanwhile has not lost it. A line for each frame; where the disk can't be
/// written, it waits in memory alone.
/// </summary>
internal sealed partial class Backlog(string path, ILogger log, long longest = Backlog.Longest) : IDisposable
{
    /// <summary>Bytes. By then most of it has given way to what came later, and the file is written anew.</summary>
    public const long Longest = 64L << 20;

    private FileStream? _file;
    private long _due;
    private bool _isTold;

    /// <summary>What a daemon before this one has left; a line that it was killed at is left out.</summary>
    public IReadOnlyList<OutFrame> Read()
    {
        try
        {
            return File.Exists(path) ? BacklogText.Read(File.ReadAllBytes(path)) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Tell(e);
            return [];
        }
    }

    /// <summary>False where it has grown too long, and <see cref="Write"/> is due.</summary>
    public bool Add(OutFrame frame)
    {
        try
        {
            _file?.Write(BacklogText.Line(frame));
            // Into the system's hands: what is killed then is this process.
            _file?.Flush();
            return _file is null || _file.Length <= _due;
        }
        catch (IOException e)
        {
            Tell(e);
            return true;
        }
    }

    /// <summary>All of it anew, in place of what there was.</summary>
    public void Write(IEnumerable<OutFrame> frames)
    {
        try
        {
            _file?.Dispose();
            _file = null;
            PrivateFile.Write(path, [.. frames.SelectMany(BacklogText.Line)]);
            _file = new(path, FileMode.Append, FileAccess.Write, FileShare.Read);
            _due = Math.Max(longest, 2 * _file.Length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Tell(e);
        }
    }

    public void Clear()
    {
        try
        {
            _file?.Dispose();
            _file = null;
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Tell(e);
        }
    }

    public void Dispose() => _file?.Dispose();

    private void Tell(Exception e)
    {
        if (!_isTold)
        {
            _isTold = true;
            Log.NotKept(log, path, e.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{File} can't be kept: {Problem}. What waits for a connection is lost if this daemon is killed; it is not said again")]
        public static partial void NotKept(ILogger log, string file, string problem);
    }
}
