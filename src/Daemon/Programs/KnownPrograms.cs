namespace Agents.Daemon.Programs;

/// <summary>The programs that make a device able to do something, and where they are.</summary>
internal static class KnownPrograms
{
    public static readonly IReadOnlyList<string> Names = ["claude", "codex", "opencode", "openclaw", "git", "docker", "node", "python3"];

    // A service gets a short PATH, and these programs' installers put them elsewhere.
    private static readonly string[] UnderHome =
        [".local/bin", ".claude/local", ".opencode/bin", ".npm-global/bin", ".bun/bin", ".volta/bin", "bin", "AppData/Roaming/npm"];

    private static readonly string[] Usual = ["/usr/local/bin", "/usr/bin", "/bin", "/opt/homebrew/bin", "/snap/bin"];

    /// <summary>PATH first, as a shell would have it.</summary>
    public static IReadOnlyList<string> Folders(string? path, string home) =>
        [.. (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(UnderHome.Select(folder => Path.Combine(home, folder)))
            .Concat(Usual)
            .Where(Path.IsPathRooted)
            .Distinct(StringComparer.Ordinal)];

    /// <summary>The file that would run, or null.</summary>
    public static string? Find(string name, IReadOnlyList<string> folders) =>
        folders.SelectMany(folder => Files(name).Select(file => Path.Combine(folder, file))).FirstOrDefault(CanRun);

    private static string[] Files(string name) => OperatingSystem.IsWindows() ? [$"{name}.exe", $"{name}.cmd"] : [name];

    private static bool CanRun(string path)
    {
        const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        try
        {
            return File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & Execute) != 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
