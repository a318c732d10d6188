using System.Globalization;
using System.Security.Cryptography;
using Agents.Contracts.Scheduler;
using Agents.Daemon.State;

namespace Agents.Daemon.Work.Files;

/// <summary>Copies of files that wait on disk until they are stored and what they belong to is acknowledged. They are the program's, so none is trusted to be short.</summary>
internal sealed class Outgoing(Folders folders, FileLimits limits)
{
    private const int Piece = 128 * 1024;

    public string FolderOf(TaskAttempt attempt) => Path.Combine(folders.OutgoingFolder, string.Create(CultureInfo.InvariantCulture, $"{attempt.TaskId}.{attempt.Attempt}"));

    /// <summary>Those of them that fit; of the others is said why they do not.</summary>
    public async Task<KeptFiles> KeepAsync(TaskAttempt attempt, string folder, IReadOnlyList<string> patterns, CancellationToken stop)
    {
        var found = FoundFiles.In(folder, patterns);
        var (files, left, together) = (new List<SpoolFile>(), found.Left.ToList(), 0L);
        var room = Math.Min(limits.Together, limits.Waiting - Waiting());
        foreach (var path in found.Paths)
        {
            var length = new FileInfo(Path.Combine(folder, path)).Length;
            var problem = files.Count == limits.Count ? $"It is one too many: {limits.Count} are kept."
                : path.Length > ArtifactPath.MaxLength ? $"Its path has more than {ArtifactPath.MaxLength} characters."
                : length > limits.Each ? $"It is too large: {length} bytes, where {limits.Each} may be."
                : together + length > room ? $"With it they are too large together: {room} bytes may be just now."
                : null;
            try
            {
                if (problem is null && await CopyAsync(attempt, Path.Combine(folder, path), ArtifactKind.File, path, files.Count, Math.Min(limits.Each, room - together), stop) is { } kept)
                {
                    files.Add(kept);
                    together += kept.Size;
                    continue;
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                problem = e.Message;
            }

            left.Add(new(path, problem ?? "It grew while it was read."));
        }

        return new(files, left.Count <= limits.Named ? left : [.. left.Take(limits.Named), new(".", $"{left.Count - limits.Named} more are not named.")]);
    }

    /// <summary>One that was made for it, and is there already.</summary>
    public async Task<SpoolFile> AddAsync(TaskAttempt attempt, string kind, string name, string place, CancellationToken stop)
    {
        await using var file = File.OpenRead(Path.Combine(FolderOf(attempt), place));
        return new(kind, name, file.Length, Convert.ToHexStringLower(await SHA256.HashDataAsync(file, stop)), place);
    }

    public FileStream Open(TaskAttempt attempt, SpoolFile file) => File.OpenRead(Path.Combine(FolderOf(attempt), file.Place));

    public void Remove(TaskAttempt attempt) => WorkFolder.Remove(FolderOf(attempt));

    /// <summary>What belongs to none of these was on its way when a daemon was killed.</summary>
    public void RemoveOthers(IEnumerable<TaskAttempt> waiting)
    {
        var known = waiting.Select(FolderOf).ToHashSet(StringComparer.Ordinal);
        foreach (var folder in Directory.Exists(folders.OutgoingFolder) ? Directory.GetDirectories(folders.OutgoingFolder).Where(folder => !known.Contains(folder)) : [])
        {
            WorkFolder.Remove(folder);
        }
    }

    /// <summary>Null where it is longer than it may be, whatever its length was said to be.</summary>
    private async Task<SpoolFile?> CopyAsync(TaskAttempt attempt, string path, string kind, string name, int number, long most, CancellationToken stop)
    {
        var place = number.ToString("D6", CultureInfo.InvariantCulture);
        var copy = Path.Combine(FolderOf(attempt), place);
        PrivateFile.MakeFolder(FolderOf(attempt));
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var size = 0L;
        await using (var from = File.OpenRead(path))
        await using (var to = File.Create(copy))
        {
            var piece = new byte[Piece];
            for (int read; size <= most && (read = await from.ReadAsync(piece, stop)) > 0; size += read)
            {
                sum.AppendData(piece, 0, read);
                await to.WriteAsync(piece.AsMemory(0, read), stop);
            }

            to.Flush(flushToDisk: true);
        }

        if (size <= most)
        {
            return new(kind, name, size, Convert.ToHexStringLower(sum.GetHashAndReset()), place);
        }

        File.Delete(copy);
        return null;
    }

    private long Waiting() => Directory.Exists(folders.OutgoingFolder)
        ? new DirectoryInfo(folders.OutgoingFolder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length)
        : 0;
}
