using System.Globalization;
using Agents.Daemon.State;
using Microsoft.Extensions.Logging;

namespace Agents.Daemon.Work.Repos;

/// <summary>Takes away what nobody comes for any more: branches of tasks after two weeks, clones after a month, and sooner where the disk gets full.</summary>
internal sealed partial class RepoSweep(Folders folders, Git git, TimeProvider time, ILogger log)
{
    private const string UsedFile = "ccc-used";
    private const long LeastFree = 2L * 1024 * 1024 * 1024;

    public static readonly TimeSpan BranchesStay = TimeSpan.FromDays(14);
    public static readonly TimeSpan ClonesStay = TimeSpan.FromDays(30);

    private static readonly TimeSpan Every = TimeSpan.FromHours(1);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>It was worked with just now.</summary>
    public static void Used(string clone) => File.WriteAllText(Path.Combine(clone, UsedFile), "");

    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                await SweepAsync(new DriveInfo(folders.State).AvailableFreeSpace < LeastFree, stop);
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                Log.NotSwept(log, e.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stop));
    }

    /// <param name="isShort">Of room on the disk: then all clones go that no task works with.</param>
    internal async Task SweepAsync(bool isShort, CancellationToken stop)
    {
        foreach (var clone in Directory.Exists(folders.ReposFolder) ? Directory.GetDirectories(folders.ReposFolder) : [])
        {
            var idle = time.GetUtcNow() - new DateTimeOffset(File.GetLastWriteTimeUtc(Path.Combine(clone, UsedFile)));
            await git.AskAsync(clone, Limit, stop, "worktree", "prune");
            var isInUse = Directory.Exists(Path.Combine(clone, "worktrees"));
            if (!isInUse && (isShort || idle > ClonesStay))
            {
                Log.Removed(log, clone, idle.TotalDays);
                WorkFolder.Remove(clone);
                continue;
            }

            foreach (var branch in await OldBranchesAsync(clone, stop))
            {
                await git.AskAsync(clone, Limit, stop, "branch", "--quiet", "--delete", "--force", branch);
            }
        }
    }

    private async Task<IReadOnlyList<string>> OldBranchesAsync(string clone, CancellationToken stop)
    {
        var oldest = (time.GetUtcNow() - BranchesStay).ToUnixTimeSeconds();
        var said = await git.AskAsync(clone, Limit, stop, "for-each-ref", "--format=%(committerdate:unix) %(refname:short)", $"refs/heads/{RepoClones.Branches}");
        return
        [
            .. said.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split(' ', 2))
                .Where(parts => parts.Length == 2 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < oldest)
                .Select(parts => parts[1]),
        ];
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "The clone {Folder} was not used for {Days:0} days and is removed")]
        public static partial void Removed(ILogger log, string folder, double days);

        [LoggerMessage(LogLevel.Warning, "Clones can't be tidied up just now: {Problem}")]
        public static partial void NotSwept(ILogger log, string problem);
    }
}
