using Agents.Daemon.Processes;

namespace Agents.Daemon.Work.Files;

/// <summary>A file that was to be kept and is not.</summary>
internal sealed record LeftFile(string Name, string Reason);

/// <summary>The files of a folder that patterns name. No link is followed, and nothing that is no file is opened: whoever worked there may have laid anything there.</summary>
/// <param name="Paths">From the folder on, in their order.</param>
internal sealed record FoundFiles(IReadOnlyList<string> Paths, IReadOnlyList<LeftFile> Left)
{
    /// <summary>So many files and folders are looked at.</summary>
    public const int MostLooked = 200_000;

    /// <summary>Of git, and no file of the task.</summary>
    private const string GitFolder = ".git";

    /// <param name="withGit">What git keeps there belongs to it as well.</param>
    public static FoundFiles In(string folder, IReadOnlyList<string> patterns, int mostLooked = MostLooked, bool withGit = false)
    {
        var globs = new Globs(patterns);
        List<string> paths = [];
        List<LeftFile> left = [];
        HashSet<int> met = [];
        Queue<(string Path, IReadOnlyList<(int, int)> Places)> folders = new([("", globs.Start)]);
        var looked = 0;
        while (folders.TryDequeue(out var next))
        {
            foreach (var entry in Entries(Path.Combine(folder, next.Path)))
            {
                if (++looked > mostLooked)
                {
                    return new([.. paths.Order(StringComparer.Ordinal)], [.. left, new(".", $"There are more than {mostLooked} files and folders; the rest was not looked at.")]);
                }

                var places = entry.Name is GitFolder && !withGit ? [] : globs.Step(next.Places, entry.Name);
                if (places.Count == 0)
                {
                    continue;
                }

                var path = next.Path.Length == 0 ? entry.Name : $"{next.Path}/{entry.Name}";
                var isLink = entry.Attributes.HasFlag(FileAttributes.ReparsePoint);
                if (!isLink && entry.Attributes.HasFlag(FileAttributes.Directory))
                {
                    folders.Enqueue((path, places));
                    continue;
                }

                var ends = globs.Ends(places).ToList();
                met.UnionWith(ends);
                if (ends.Count > 0 && Problem(entry, isLink) is { } problem)
                {
                    left.Add(new(path, problem));
                }
                else if (ends.Count > 0)
                {
                    paths.Add(path);
                }
            }
        }

        return new([.. paths.Order(StringComparer.Ordinal)], [.. left, .. patterns.Where((_, pattern) => !met.Contains(pattern)).Select(pattern => new LeftFile(pattern, "There is no such file."))]);
    }

    private static string? Problem(FileSystemInfo entry, bool isLink) =>
        isLink ? "It is a link."
        : !Native.IsPlainFile(entry.FullName) ? "It is no file."
        : entry.Name.Contains('\\') || entry.Name.Any(c => char.IsControl(c) || c is '\uFFFD' or '\u2028' or '\u2029') ? "Its name has characters that no name may have."
        : null;

    private static IEnumerable<FileSystemInfo> Entries(string folder)
    {
        try
        {
            return new DirectoryInfo(folder).GetFileSystemInfos();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // One that can't be read has nothing that could be kept.
            return [];
        }
    }
}
