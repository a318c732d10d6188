using Agents.Daemon.Processes;

namespace Agents.Daemon.Mcp.Tools;

/// <summary>A file below a task's folder and nowhere else, however its path is written and wherever links lead.</summary>
internal static class WorkFile
{
    /// <exception cref="ToolFault">It is not there, no file, or lies elsewhere.</exception>
    public static FileStream Open(string folder, string path)
    {
        var whole = Path.GetFullPath(path, Path.GetFullPath(folder));
        // A pipe that nobody writes to must hold up nobody.
        var handle = Native.OpenForReading(whole) ?? throw new ToolFault($"There is no file {path} in your working folder that can be read.");
        try
        {
            // What was opened is asked where it lies: a link that is exchanged meanwhile leads nowhere else.
            var where = new FileInfo($"/proc/self/fd/{handle.DangerousGetHandle()}").LinkTarget;
            if (where is null || !where.StartsWith(Real(folder) + "/", StringComparison.Ordinal))
            {
                throw new ToolFault($"{path} does not lie in your working folder. Copy it there first.");
            }

            var file = new FileStream(handle, FileAccess.Read);
            // A folder can be opened as well, and says nothing.
            return file.CanSeek && !Directory.Exists(where) && !where.EndsWith(" (deleted)", StringComparison.Ordinal) ? file : throw new ToolFault($"{path} is not a file with a content.");
        }
        catch (Exception e)
        {
            handle.Dispose();
            throw e is IOException or UnauthorizedAccessException ? new ToolFault($"{path} can't be read: {e.Message}") : e;
        }
    }

    /// <summary>As the system knows it, without links.</summary>
    private static string Real(string folder)
    {
        using var handle = Native.OpenForReading(Path.GetFullPath(folder)) ?? throw new ToolFault("Your working folder is gone.");
        return new FileInfo($"/proc/self/fd/{handle.DangerousGetHandle()}").LinkTarget?.TrimEnd('/') ?? throw new ToolFault("Your working folder is gone.");
    }
}
