using System.Globalization;
using System.Text;

namespace Agents.Daemon.Processes;

/// <summary>
/// All processes of the machine, and of which run each is by the mark in its environment. A process inherits the mark from whoever
/// started it; what it once had counts for as long as it lives, whatever program it becomes.
/// </summary>
/// <param name="root">Another one in tests.</param>
internal sealed class ProcessTable(string root = "/proc")
{
    /// <summary>The variable that tells of which run a process is.</summary>
    public const string Mark = "CCC_RUN";

    private static readonly byte[] Before = Encoding.ASCII.GetBytes($"{Mark}=");

    private readonly Lock _lock = new();
    private Dictionary<(int, long), string?> _marks = [];

    public static string BootId { get; } = ReadBootId();

    /// <summary>All that there are.</summary>
    public IReadOnlyList<ProcessEntry> Read()
    {
        List<ProcessEntry> all = [];
        foreach (var folder in Directory.EnumerateDirectories(root))
        {
            if (int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && Find(id) is { } process)
            {
                all.Add(process);
            }
        }

        Forget(all);
        return all;
    }

    /// <summary>How many processes and threads the machine has: one short file, however many there are.</summary>
    public int Count()
    {
        try
        {
            // "0.20 0.18 0.12 1/80 11206".
            return int.Parse(File.ReadAllText(Path.Combine(root, "loadavg")).Split(' ')[3].Split('/')[1], CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or IndexOutOfRangeException)
        {
            return 0;
        }
    }

    /// <summary>Null where there is none.</summary>
    public ProcessEntry? Find(int id) => Bytes(id, "stat") is { } stat ? ProcessEntry.Parse(Encoding.UTF8.GetString(stat)) : null;

    public string? MarkOf(ProcessEntry process)
    {
        lock (_lock)
        {
            if (_marks.TryGetValue(process.Key, out var known))
            {
                return known;
            }
        }

        var mark = Bytes(process.Id, "environ") is { } environment ? MarkIn(environment) : null;
        Remember(process, mark);
        return mark;
    }

    /// <summary>Found in another way: from whom it came.</summary>
    public void Remember(ProcessEntry process, string? mark)
    {
        lock (_lock)
        {
            _marks[process.Key] = mark;
        }
    }

    /// <summary>Bytes that are its own, and its part of what it shares; null where that is not told.</summary>
    public long? Memory(int id)
    {
        if (Bytes(id, "smaps_rollup") is not { } rollup)
        {
            return null;
        }

        var line = Encoding.ASCII.GetString(rollup).Split('\n').FirstOrDefault(line => line.StartsWith("Pss:", StringComparison.Ordinal));
        return line?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var kilobytes, ..] && long.TryParse(kilobytes, CultureInfo.InvariantCulture, out var number)
            ? number * 1024
            : null;
    }

    /// <summary>The variables stand one after the other, each ended by a null. Pure.</summary>
    internal static string? MarkIn(ReadOnlySpan<byte> environment)
    {
        while (!environment.IsEmpty)
        {
            var end = environment.IndexOf((byte)0);
            var variable = end < 0 ? environment : environment[..end];
            if (variable.StartsWith(Before))
            {
                return Encoding.UTF8.GetString(variable[Before.Length..]);
            }

            environment = end < 0 ? [] : environment[(end + 1)..];
        }

        return null;
    }

    private void Forget(List<ProcessEntry> all)
    {
        lock (_lock)
        {
            if (_marks.Count > all.Count + 1_000)
            {
                var here = all.Select(process => process.Key).ToHashSet();
                _marks = _marks.Where(mark => here.Contains(mark.Key)).ToDictionary();
            }
        }
    }

    private byte[]? Bytes(int id, string name)
    {
        try
        {
            return File.ReadAllBytes(Path.Combine(root, id.ToString(CultureInfo.InvariantCulture), name));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile, or is another user's.
            return null;
        }
    }

    private static string ReadBootId()
    {
        try
        {
            return File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
