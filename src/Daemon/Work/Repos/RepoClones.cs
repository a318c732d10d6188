using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Agents.Contracts.Scheduler;
using Agents.Daemon.State;
using Microsoft.Extensions.Logging;

namespace Agents.Daemon.Work.Repos;

/// <summary>
/// One clone for each repository that posts of this device name, and working trees of it for tasks. Whatever a task leaves in its tree,
/// committed or not, is kept on a branch of its own.
/// </summary>
internal sealed partial class RepoClones(Folders folders, Git git, TimeProvider time, ILogger log)
{
    public const string Branches = "ccc/";

    private const int MostAtOnce = 1;

    private static readonly TimeSpan FetchLimit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, SemaphoreSlim> _busy = new();

    /// <exception cref="WorkFault">The repository can't be had, or has nothing of that name.</exception>
    public async Task<Worktree> CheckOutAsync(string repo, string? reference, TaskAttempt attempt, CancellationToken stop)
    {
        var clone = CloneOf(repo);
        using var turn = await TurnAsync(clone, stop);
        await FetchAsync(repo, clone, stop);
        var from = await FindAsync(clone, reference, stop)
            ?? throw new WorkFault(TaskErrorKind.Failed, reference is null ? $"{repo} has no commit yet." : $"{repo} has no branch, tag or commit {reference}.");
        var (folder, branch) = (Path.Combine(folders.WorkFolder, attempt.TaskId), string.Create(CultureInfo.InvariantCulture, $"{Branches}{attempt.TaskId}-{attempt.Attempt}"));
        WorkFolder.Remove(folder);
        PrivateFile.MakeFolder(folders.WorkFolder);
        await AskAsync(clone, Limit, stop, "worktree", "prune");
        await AskAsync(clone, FetchLimit, stop, "worktree", "add", "--quiet", "-B", branch, folder, from);
        return new(repo, clone, folder, branch, from);
    }

    /// <summary>Commits what lies about, tells what was changed, and takes the tree away; the branch stays where there is something on it.</summary>
    public async Task<WorkLeft?> KeepAsync(Worktree tree)
    {
        try
        {
            using var turn = await TurnAsync(tree.CloneFolder, CancellationToken.None);
            await CommitAsync(tree.Folder);
            var left = await WorkChanges.OfAsync(git, tree, Limit);
            await RemoveAsync(tree.CloneFolder, tree.Folder, left.Branch is null ? tree.Branch : null);
            return left;
        }
        catch (Exception e) when (e is WorkFault or IOException or UnauthorizedAccessException)
        {
            Log.NotKept(log, tree.Folder, e.Message);
            WorkFolder.Remove(tree.Folder);
            return null;
        }
    }

    /// <summary>What tasks of a daemon that was killed have left is committed as well, before their folders go.</summary>
    public async Task KeepLeftAsync()
    {
        foreach (var folder in Directory.Exists(folders.WorkFolder) ? Directory.GetDirectories(folders.WorkFolder) : [])
        {
            // In a working tree it is a file that says where the clone is.
            if (!File.Exists(Path.Combine(folder, ".git")))
            {
                continue;
            }

            try
            {
                await CommitAsync(folder);
            }
            catch (Exception e) when (e is WorkFault or IOException or UnauthorizedAccessException)
            {
                Log.NotKept(log, folder, e.Message);
            }
        }
    }

    private async Task CommitAsync(string folder)
    {
        await AskAsync(folder, Limit, CancellationToken.None, "add", "--all");
        if (!(await git.AskAsync(folder, Limit, CancellationToken.None, "diff", "--cached", "--quiet")).IsWell)
        {
            await AskAsync(
                folder, Limit, CancellationToken.None,
                "-c", "user.name=ccc", "-c", "user.email=ccc@localhost", "-c", "commit.gpgSign=false", "commit", "--quiet", "--no-verify", "--message", $"Left by task {Path.GetFileName(folder)}");
        }
    }

    private async Task FetchAsync(string repo, string clone, CancellationToken stop)
    {
        if (!File.Exists(Path.Combine(clone, "HEAD")))
        {
            PrivateFile.MakeFolder(clone);
            await AskAsync(clone, Limit, stop, "init", "--quiet", "--bare");
            await AskAsync(clone, Limit, stop, "remote", "add", "origin", repo);
        }

        var said = await git.AskAsync(clone, FetchLimit, stop, "fetch", "--quiet", "--prune", "--tags", "--force", "origin", "+refs/heads/*:refs/remotes/origin/*");
        if (!said.IsWell)
        {
            throw new WorkFault(TaskErrorKind.Failed, $"{repo} can't be fetched: {said.Error.Trim()}", retryable: true);
        }

        // Of a repository without a commit there is none.
        await git.AskAsync(clone, FetchLimit, stop, "remote", "set-head", "origin", "--auto");
        RepoSweep.Used(clone);
    }

    private async Task<string?> FindAsync(string clone, string? reference, CancellationToken stop)
    {
        string[] names = reference is null ? ["refs/remotes/origin/HEAD"] : [$"refs/remotes/origin/{reference}", $"refs/tags/{reference}", reference];
        foreach (var name in names)
        {
            var said = await git.AskAsync(clone, Limit, stop, "rev-parse", "--verify", "--quiet", $"{name}^{{commit}}");
            if (said.IsWell)
            {
                return said.Output.Trim();
            }
        }

        return null;
    }

    private async Task RemoveAsync(string clone, string folder, string? branch)
    {
        await AskAsync(clone, Limit, CancellationToken.None, "worktree", "remove", "--force", "--force", folder);
        if (branch is not null)
        {
            await AskAsync(clone, Limit, CancellationToken.None, "branch", "--quiet", "--delete", "--force", branch);
        }
    }

    private async Task<GitSaid> AskAsync(string folder, TimeSpan limit, CancellationToken stop, params string[] arguments)
    {
        var said = await git.AskAsync(folder, limit, stop, arguments);
        return said.IsWell ? said : throw new WorkFault(TaskErrorKind.Crashed, $"git {string.Join(' ', arguments.Take(2))}: {said.Error.Trim()}");
    }

    private string CloneOf(string repo) => Path.Combine(folders.ReposFolder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(repo)).AsSpan(0, 12)));

    /// <summary>Two at once would stand in each other's way.</summary>
    private async Task<Turn> TurnAsync(string clone, CancellationToken stop)
    {
        var busy = _busy.GetOrAdd(clone, _ => new(MostAtOnce));
        using var clock = new CancellationTokenSource(FetchLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, stop);
        try
        {
            await busy.WaitAsync(either.Token);
            return new(busy);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new WorkFault(TaskErrorKind.Failed, "Other tasks fetch the same repo for too long.", retryable: true);
        }
    }

    private sealed record Turn(SemaphoreSlim Busy) : IDisposable
    {
        public void Dispose() => Busy.Release();
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "What a task has left in {Folder} can't be kept: {Problem}")]
        public static partial void NotKept(ILogger log, string folder, string problem);
    }
}
