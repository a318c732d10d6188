using Agents.Contracts.Scheduler;
using Agents.Daemon.State;

namespace Agents.Daemon.Work;

/// <summary>Where a task's program works: in a folder that is there for this task alone, or in the one that its post names.</summary>
/// <param name="IsOwn">Made for the task, and goes with it.</param>
internal sealed record WorkFolder(string Path, bool IsOwn)
{
    /// <exception cref="WorkFault">The post wants one that can't be had.</exception>
    public static WorkFolder Make(Folders folders, string taskId, SetupWorking? working, string home)
    {
        try
        {
            if (working?.Folder is { } named)
            {
                var path = System.IO.Path.GetFullPath(named.StartsWith("~/", StringComparison.Ordinal) ? named[2..] : named, home);
                Directory.CreateDirectory(path);
                return new(path, false);
            }

            var own = System.IO.Path.Combine(folders.WorkFolder, taskId);
            Remove(own);
            PrivateFile.MakeFolder(own);
            return new(own, true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WorkFault(TaskErrorKind.Crashed, $"There is no folder to work in: {e.Message}");
        }
    }

    /// <summary>Null where it is gone; else why not.</summary>
    public string? Remove() => IsOwn ? Remove(Path) : null;

    public static string? Remove(string path)
    {
        try
        {
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }

            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }
}
