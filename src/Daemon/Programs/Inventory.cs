using System.Collections.Concurrent;

namespace Agents.Daemon.Programs;

/// <summary>A program that is installed here; its version where it told one.</summary>
internal sealed record InstalledProgram(string Name, string? Version);

/// <summary>Which of the known programs are here. One is asked for its version again only when its file has changed.</summary>
internal sealed class Inventory(IReadOnlyList<string> folders, TimeProvider time)
{
    /// <summary>It may have been the moment: a machine under load, a program that was being installed.</summary>
    private static readonly TimeSpan AskAgain = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, (Mark Mark, string? Version, long At)> _asked = new();

    public static Inventory OfThisMachine(TimeProvider time) => new(
        KnownPrograms.Folders(Environment.GetEnvironmentVariable("PATH"), Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)), time);

    /// <summary>All at once, so the slowest alone decides how long it takes.</summary>
    public async Task<IReadOnlyList<InstalledProgram>> ScanAsync(CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(KnownPrograms.Names.Select(name => LookAsync(name, cancellationToken)));
        return [.. found.OfType<InstalledProgram>()];
    }

    private async Task<InstalledProgram?> LookAsync(string name, CancellationToken cancellationToken)
    {
        if (KnownPrograms.Find(name, folders) is not { } path || MarkOf(path) is not { } mark)
        {
            return null;
        }

        if (!_asked.TryGetValue(name, out var known) || known.Mark != mark || (known.Version is null && time.GetElapsedTime(known.At) >= AskAgain))
        {
            known = (mark, await ProgramVersion.AskAsync(path, time, cancellationToken), time.GetTimestamp());
            _asked[name] = known;
        }

        return new(name, known.Version);
    }

    // An installer replaces the file, or what the link points to.
    private static Mark? MarkOf(string path)
    {
        try
        {
            var file = new FileInfo(path);
            var target = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
            return new(target.FullName, target.Length, target.LastWriteTimeUtc);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private sealed record Mark(string Path, long Length, DateTime Written);
}
