using Agents.Contracts.Posts;
using Agents.Daemon.Runners.Claude;
using Agents.Daemon.State;
using Agents.Daemon.Work;

namespace Agents.Daemon.Runners;

/// <summary>
/// The file in which a program keeps a conversation, where we know it: claude's and codex's. Of the others a conversation stays where it was held.
/// </summary>
internal static class SessionFiles
{
    /// <summary>The file, and what it is called on another machine. Null where there is none.</summary>
    public static (string Path, string Name)? Find(AgentSetup setup, string home, string session)
    {
        try
        {
            return setup.RunnerName switch
            {
                _ when !IsName(session) => null,
                PostRunner.Claude => ClaudeSessions.Newest(setup.PlainVariables, home, session) is { } file ? (file.FullName, file.Name) : null,
                PostRunner.Codex => Directory.EnumerateFiles(CodexFolder(setup, home), $"rollout-*-{session}.jsonl", SearchOption.AllDirectories).FirstOrDefault() is { } path
                    ? (path, Path.GetRelativePath(CodexFolder(setup, home), path))
                    : null,
                _ => null,
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Lays one where the program looks for it. One that is there already and is longer stays: a conversation only grows.</summary>
    /// <returns>False where it is none of this program's.</returns>
    public static bool Lay(AgentSetup setup, string home, string folder, string session, string name, string from)
    {
        var place = setup.RunnerName switch
        {
            PostRunner.Claude when name == $"{session}.jsonl" => BelowFolder.Make(ClaudeSessions.FolderOf(setup.PlainVariables, home, folder), name),
            PostRunner.Codex when name.EndsWith($"-{session}.jsonl", StringComparison.Ordinal) => BelowFolder.Make(CodexFolder(setup, home), name),
            _ => null,
        };
        if (place is null || !IsName(session))
        {
            return false;
        }

        if (!File.Exists(place) || new FileInfo(place).Length <= new FileInfo(from).Length)
        {
            File.Copy(from, place, overwrite: true);
        }

        return true;
    }

    private static bool IsName(string session) => Guid.TryParse(session, out _);

    private static string CodexFolder(AgentSetup setup, string home) => Path.Combine(
        setup.PlainVariables.GetValueOrDefault("CODEX_HOME") ?? Path.Combine(setup.PlainVariables.GetValueOrDefault("HOME") ?? home, ".codex"), "sessions");
}
