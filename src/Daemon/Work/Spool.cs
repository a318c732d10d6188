using System.Globalization;
using System.Text.Json;
using Agents.Contracts.Scheduler;
using Agents.Daemon.State;
using Agents.Daemon.Work.Files;
using Microsoft.Extensions.Logging;

namespace Agents.Daemon.Work;

/// <summary>
/// Results and errors until the server has acknowledged them, each a file of its own that is on disk before anything else happens
/// with it. Only an acknowledgement takes one away. In memory is no more than which there are.
/// </summary>
internal sealed partial class Spool
{
    private const string Ending = ".ccc";
    private const string ContentEnding = ".json";

    private readonly string _folder;
    private readonly Outgoing _outgoing;
    private readonly ILogger _log;
    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, TaskAttempt> _waiting = [];
    private long _last;

    /// <summary>What was left by the daemon before is here again.</summary>
    public Spool(Folders folders, Outgoing outgoing, ILogger log)
    {
        (_folder, _outgoing, _log) = (folders.SpoolFolder, outgoing, log);
        PrivateFile.MakeFolder(_folder);
        Load();
    }

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<(long Number, TaskAttempt Attempt)> Waiting
    {
        get
        {
            lock (_lock)
            {
                return [.. _waiting.Select(one => (one.Key, one.Value))];
            }
        }
    }

    public bool Has(TaskAttempt attempt)
    {
        lock (_lock)
        {
            return _waiting.ContainsValue(attempt);
        }
    }

    /// <summary>When it returns it is on disk.</summary>
    /// <exception cref="IOException">It is not: the disk is full.</exception>
    public void Keep(SpoolRecord record)
    {
        var number = Interlocked.Increment(ref _last);
        Rewrite(number, record);
        lock (_lock)
        {
            _waiting[number] = new(record.TaskId, record.Attempt);
        }
    }

    /// <summary>With all of its result, which lies beside it where it is long.</summary>
    public void Rewrite(long number, SpoolRecord record)
    {
        if (record.Result?.Result is { } result && JsonSerializer.SerializeToUtf8Bytes(result, DaemonJson.Wire.JsonElement) is { Length: > ContentRef.LongestInline } content)
        {
            PrivateFile.Write(PathOf(number, ContentEnding), content);
            record = record with { HasContent = true, Result = record.Result with { Result = null } };
        }

        Write(number, record);
    }

    /// <summary>In place of what it was: it knows by now where its content lies, or that it can't lie anywhere.</summary>
    public void Write(long number, SpoolRecord record) => PrivateFile.Write(PathOf(number, Ending), SpoolText.Write(record));

    /// <summary>Null where it was acknowledged meanwhile.</summary>
    public SpoolRecord? Read(long number)
    {
        try
        {
            return SpoolText.Read(File.ReadAllBytes(PathOf(number, Ending)));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    public FileStream Content(long number) => File.OpenRead(PathOf(number, ContentEnding));

    public void Acknowledged(TaskAttempt attempt)
    {
        lock (_lock)
        {
            foreach (var number in _waiting.Where(one => one.Value == attempt).Select(one => one.Key).ToList())
            {
                _waiting.Remove(number);
                try
                {
                    File.Delete(PathOf(number, Ending));
                    File.Delete(PathOf(number, ContentEnding));
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    // The next daemon would send it once more, and be told that it is known.
                    Log.NotRemoved(_log, PathOf(number, Ending), e.Message);
                }
            }

            _outgoing.Remove(attempt);
        }
    }

    private void Load()
    {
        foreach (var path in Directory.EnumerateFiles(_folder))
        {
            if (!long.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                // Begun and not finished: there was no result yet.
                if (path.EndsWith(PrivateFile.Unfinished, StringComparison.Ordinal))
                {
                    File.Delete(path);
                }

                continue;
            }

            _last = Math.Max(_last, number);
            if (!path.EndsWith(Ending, StringComparison.Ordinal))
            {
                continue;
            }

            if (SpoolText.Read(File.ReadAllBytes(path)) is { } record)
            {
                _waiting[number] = new(record.TaskId, record.Attempt);
            }
            else
            {
                // Only for a person to look at: a file is renamed when it is whole, so it was not us.
                File.Move(path, Path.ChangeExtension(path, ".damaged"), overwrite: true);
                Log.Damaged(_log, path);
            }
        }

        // Content whose record did not come to be.
        foreach (var path in Directory.EnumerateFiles(_folder, $"*{ContentEnding}").Where(path => !File.Exists(Path.ChangeExtension(path, Ending))))
        {
            File.Delete(path);
        }

        _outgoing.RemoveOthers(_waiting.Values);
    }

    private string PathOf(long number, string ending) => Path.Combine(_folder, number.ToString("D12", CultureInfo.InvariantCulture) + ending);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{File} was acknowledged and can't be removed: {Problem}")]
        public static partial void NotRemoved(ILogger log, string file, string problem);

        [LoggerMessage(LogLevel.Error, "{File} is damaged and is set aside; what it was a result of is told to be lost")]
        public static partial void Damaged(ILogger log, string file);
    }
}
