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
            var projects = new DirectoryInfo(Path.Combine(ConfigFolder(task.Setup.PlainVariables, task.Home), "projects"));
            var here = Path.Combine(projects.FullName, NotOfNames().Replace(Path.GetFullPath(task.Folder), "-"));
            var file = $"{session}.jsonl";
            var newest = projects.EnumerateDirectories().Select(folder => new FileInfo(Path.Combine(folder.FullName, file))).Where(found => found.Exists).MaxBy(found => found.LastWriteTimeUtc);
            if (newest is not null && newest.DirectoryName != here)
            {
                Directory.CreateDirectory(here);
                newest.CopyTo(Path.Combine(here, file), overwrite: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then it begins afresh, and says so.
        }
    }

    private static string ConfigFolder(IReadOnlyDictionary<string, string> variables, string home) =>
        variables.GetValueOrDefault("CLAUDE_CONFIG_DIR") ?? Path.Combine(variables.GetValueOrDefault("HOME") ?? home, ".claude");

    [GeneratedRegex("[^A-Za-z0-9]")]
    private static partial Regex NotOfNames();
}
