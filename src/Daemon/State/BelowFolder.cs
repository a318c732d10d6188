namespace Agents.Daemon.State;

/// <summary>Paths that somebody else chose, below a folder of ours: by no name and by no link do they lead out of it.</summary>
internal static class BelowFolder
{
    /// <summary>Null where it may be one: parts of it are names, and none means another folder. Pure.</summary>
    public static string? Problem(string path) =>
        path.Length == 0 ? "it is empty"
        : path.Contains('\\') || path.Any(char.IsControl) ? "it has \\ or control characters"
        : path.Split('/').Any(part => part is "" or "." or "..") ? "a part of it is empty, . or .."
        : null;

    /// <summary>The whole path; the folders on the way to it are there.</summary>
    public static string Make(string folder, string path)
    {
        if (Problem(path) is { } problem)
        {
            throw new Failure(ExitCode.Failed, $"A file is called {new string([.. path.Where(c => !char.IsControl(c))])}, which is no path below a folder: {problem}.");
        }

        var whole = Path.GetFullPath(folder);
        Directory.CreateDirectory(whole);
        foreach (var part in path.Split('/')[..^1])
        {
            whole = Path.Combine(whole, part);
            if (new FileInfo(whole).LinkTarget is not null)
            {
                throw new Failure(ExitCode.Failed, $"{whole} is a link and may lead elsewhere, so nothing is laid there.");
            }

            Directory.CreateDirectory(whole);
        }

        return Path.Combine(whole, Path.GetFileName(path));
    }
}
