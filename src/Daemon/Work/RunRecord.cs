using Agents.Daemon.Processes;
using Agents.Daemon.State;

namespace Agents.Daemon.Work;

/// <summary>A program that runs for a task, for the daemon that comes after one that was killed.</summary>
/// <param name="BootId">Numbers of processes mean nothing after the machine was started anew.</param>
/// <param name="Groups">The kernel's groups that were made for it.</param>
internal sealed record RunRecord(
    string TaskId, int Attempt, string AgentId, string Mark, int Process, long Start, string BootId, IReadOnlyList<string> Groups, string? SessionId = null)
{
    public RunTree Tree(ProcessTable table, TimeProvider time) => new(new(Mark, Process, Start), Groups.Count == 0 ? null : new(Groups), table, time);

    public void Write(Folders folders) => PrivateFile.Write(PathOf(folders), this, DaemonJson.Wire.RunRecord);

    public void Remove(Folders folders) => File.Delete(PathOf(folders));

    /// <summary>One that can't be read is gone: it was written before its program began, so then none began.</summary>
    public static IReadOnlyList<RunRecord> All(Folders folders)
    {
        if (!Directory.Exists(folders.RunsFolder))
        {
            return [];
        }

        List<RunRecord> all = [];
        foreach (var path in Directory.EnumerateFiles(folders.RunsFolder))
        {
            try
            {
                if (path.EndsWith(PrivateFile.Unfinished, StringComparison.Ordinal) || PrivateFile.Read(path, DaemonJson.Wire.RunRecord) is not { TaskId: not null } record)
                {
                    File.Delete(path);
                }
                else
                {
                    all.Add(record);
                }
            }
            catch (Failure)
            {
                File.Delete(path);
            }
        }

        return all;
    }

    private string PathOf(Folders folders) => Path.Combine(folders.RunsFolder, $"{TaskId}.{Attempt}.json");
}
