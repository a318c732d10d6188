using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using Agents.Daemon.State;

namespace Agents.Daemon.Work.Moves;

/// <summary>A package as a file: a packed archive whose first entry tells what the others are. It comes over the network, so nothing in it is believed.</summary>
internal static class MovePackage
{
    private const string Head = "moved.json";
    private const string Files = "files/";
    private const int LongestHead = 32 * 1024 * 1024;

    public const string Session = "session";
    public const string Bundle = "tree.bundle";

    private const UnixFileMode Allowed = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
    private const UnixFileMode Least = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <param name="beside">Names in the package, and the files that they are.</param>
    /// <param name="files">Paths below the folder.</param>
    public static async Task WriteAsync(string path, MovedWork work, IReadOnlyDictionary<string, string> beside, string folder, IReadOnlyList<string> files, CancellationToken stop)
    {
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
        await using (var packed = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true))
        await using (var archive = new TarWriter(packed, TarEntryFormat.Pax, leaveOpen: true))
        {
            using var head = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(work, DaemonJson.Wire.MovedWork));
            await archive.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, Head) { DataStream = head }, stop);
            foreach (var (name, from) in beside.Concat(files.Select(name => KeyValuePair.Create(Files + name, Path.Combine(folder, name)))))
            {
                await using var content = File.OpenRead(from);
                await archive.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = content, Mode = OperatingSystem.IsWindows() ? Least : File.GetUnixFileMode(from) & Allowed }, stop);
            }
        }

        file.Flush(flushToDisk: true);
    }

    /// <summary>Lays what it has into a folder of its own: the session and the bundle there, the files below <c>files</c>.</summary>
    /// <exception cref="InvalidDataException">It is not what it should be.</exception>
    public static async Task<MovedWork> ReadAsync(string path, string into, MoveLimits limits, CancellationToken stop)
    {
        await using var file = File.OpenRead(path);
        await using var packed = new GZipStream(file, CompressionMode.Decompress);
        await using var archive = new TarReader(packed);
        var (work, left, entries) = ((MovedWork?)null, limits.Together + LongestHead, 0);
        try
        {
            while (await archive.GetNextEntryAsync(copyData: false, stop) is { } entry)
            {
                left -= entry.Length;
                if (++entries > limits.Entries + 3 || left < 0)
                {
                    throw new InvalidDataException("it has more in it than may be");
                }

                if (entry.EntryType is not TarEntryType.RegularFile || (work is null) != (entry.Name is Head))
                {
                    throw new InvalidDataException($"{entry.Name} does not belong there");
                }

                if (work is null)
                {
                    work = entry.Length <= LongestHead && entry.DataStream is { } head ? await JsonSerializer.DeserializeAsync(head, DaemonJson.Wire.MovedWork, stop) : null;
                    work = work is { Runner: not null, Untaken: not null, Unanswered: not null, Left: not null } ? work : throw new InvalidDataException("its first entry tells nothing");
                    continue;
                }

                if (entry.Name is not (Session or Bundle) && !entry.Name.StartsWith(Files, StringComparison.Ordinal))
                {
                    throw new InvalidDataException($"{entry.Name} does not belong there");
                }

                await LayAsync(entry, BelowFolder.Make(into, entry.Name), stop);
            }
        }
        catch (Exception e) when (e is JsonException or EndOfStreamException or Failure or FormatException or ArgumentException)
        {
            throw new InvalidDataException(e.Message, e);
        }

        return work ?? throw new InvalidDataException("there is nothing in it");
    }

    public static string FilesOf(string folder) => Path.Combine(folder, Files.TrimEnd('/'));

    private static async Task LayAsync(TarEntry entry, string path, CancellationToken stop)
    {
        // CreateNew: of two entries of one name the second is none of ours.
        await using (var to = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            if (entry.DataStream is { } content)
            {
                await content.CopyToAsync(to, stop);
            }
        }

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, (entry.Mode & Allowed) | Least);
        }
    }
}
