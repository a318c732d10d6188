using System.Text.RegularExpressions;

namespace Agents.Daemon.Runners.Claude;

/// <summary>
/// Claude finds a conversation only from the folder that it was held in, and each task has a folder of its own. So what it wrote of
/// the conversation is laid where it looks for it.
/// </summary>
internal static partial class ClaudeSessions
{
    /// <summary>Where there is none claude says so itself.</summary>
    public static void Bring(RunnerTask task)
    {
        if (task.SessionId is not { } session || !Guid.TryParse(session, out _))
        {
            return;
        }

        try
        {
            var here = FolderOf(task.Setup.PlainVariables, task.Home, task.Folder);
            var newest = Newest(task.Setup.PlainVariables, task.Home, session);
            if (newest is not null && newest.DirectoryName != here)
            {
                Directory.CreateDirectory(here);
                newest.CopyTo(Path.Combine(here, newest.Name), overwrite: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then it begins afresh, and says so.
        }
    }

    /// <summary>Where it looks for conversations that were held in the folder.</summary>
    public static string FolderOf(IReadOnlyDictionary<string, string> variables, string home, string folder) =>
        Path.Combine(Projects(variables, home), NotOfNames().Replace(Path.GetFullPath(folder), "-"));

    /// <summary>The conversation as it was written last, in whichever folder it was held. Null where there is none.</summary>
    public static FileInfo? Newest(IReadOnlyDictionary<string, string> variables, string home, string session) => new DirectoryInfo(Projects(variables, home)).EnumerateDirectories()
        .Select(folder => new FileInfo(Path.Combine(folder.FullName, $"{session}.jsonl"))).Where(found => found.Exists).MaxBy(found => found.LastWriteTimeUtc);

    private static string Projects(IReadOnlyDictionary<string, string> variables, string home) => Path.Combine(ConfigFolder(variables, home), "projects");

    private static string ConfigFolder(IReadOnlyDictionary<string, string> variables, string home) =>
        variables.GetValueOrDefault("CLAUDE_CONFIG_DIR") ?? Path.Combine(variables.GetValueOrDefault("HOME") ?? home, ".claude");

    [GeneratedRegex("[^A-Za-z0-9]")]
    private static partial Regex NotOfNames();
}
