using Agents.Contracts.Scheduler;
using Agents.Daemon.Processes;
using Agents.Daemon.State;
using Agents.Daemon.Work.Repos;
using Microsoft.Extensions.Logging;

namespace Agents.Daemon.Work;

/// <summary>What a daemon that was killed has left: its programs are ended, and the server is told that they did not finish.</summary>
internal sealed partial class Leftovers(Folders folders, Spool spool, ProcessTable table, RepoClones repos, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan KillLimit = TimeSpan.FromSeconds(5);

    /// <summary>Before the first connection: what is said there of running work is true then.</summary>
    public async Task ClearAsync()
    {
        foreach (var record in RunRecord.All(folders))
        {
            if (record.BootId == ProcessTable.BootId)
            {
                var tree = record.Tree(table, time);
                var left = tree.Alive().Count;
                if (!await tree.KillAsync(KillLimit))
                {
                    Log.NotEnded(log, record.TaskId, record.Process);
                }

                if (tree.Cgroup is { } group)
                {
                    await group.RemoveAsync(time);
                }

                Log.Ended(log, record.TaskId, record.Attempt, left);
            }

            var attempt = new TaskAttempt(record.TaskId, record.Attempt);
            if (!spool.Has(attempt))
            {
                spool.Keep(Verdict.Failed(attempt, TaskErrorKind.DeviceLost, Halt.DaemonDied, retryable: true, record.SessionId, null));
            }

            record.Remove(folders);
        }

        await repos.KeepLeftAsync();
        WorkFolder.Remove(folders.IncomingFolder);
        if (WorkFolder.Remove(folders.WorkFolder) is { } problem)
        {
            Log.NotRemoved(log, folders.WorkFolder, problem);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The daemon before this one was killed while it worked on task {Task}, attempt {Attempt}; {Left} processes of it were still there and are ended now")]
        public static partial void Ended(ILogger log, string task, int attempt, int left);

        [LoggerMessage(LogLevel.Error, "Processes of task {Task} (the first was {Process}) can't be ended")]
        public static partial void NotEnded(ILogger log, string task, int process);

        [LoggerMessage(LogLevel.Warning, "{Folder} can't be removed: {Problem}")]
        public static partial void NotRemoved(ILogger log, string folder, string problem);
    }
}
