using System.Globalization;
using Agents.Daemon.Work.Repos;

namespace Agents.Daemon.Work.Moves;

/// <summary>A working tree as one file: its commits since the task began, what was added for the next one, and what else lies about.</summary>
internal sealed class TreeBundle(Git git)
{
    private const string Refs = "refs/ccc/moved/";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly string[] Who = ["-c", "user.name=ccc", "-c", "user.email=ccc@localhost", "-c", "commit.gpgSign=false"];

    /// <summary>The tree's index is not afterwards what it was: nothing but its commit is to come.</summary>
    /// <exception cref="WorkFault">It can't be written.</exception>
    public async Task<MovedTree> WriteAsync(Worktree tree, string path, CancellationToken stop)
    {
        var head = await SaysAsync(tree.Folder, stop, "rev-parse", "HEAD");
        // In the middle of a merge there is nothing to be written; what lies about has it all the same.
        var added = await git.AskAsync(tree.Folder, Limit, stop, "write-tree");
        var index = await SaysAsync(tree.Folder, stop, [.. Who, "commit-tree", "-m", "index", "-p", head, added.IsWell ? added.Output.Trim() : $"{head}^{{tree}}"]);
        await SaysAsync(tree.Folder, stop, "add", "--all");
        var all = await SaysAsync(tree.Folder, stop, [.. Who, "commit-tree", "-m", "all", "-p", index, await SaysAsync(tree.Folder, stop, "write-tree")]);
        var name = Refs + Path.GetFileName(tree.Folder);
        await SaysAsync(tree.Folder, stop, "update-ref", name, all);
        try
        {
            await SaysAsync(tree.Folder, stop, "bundle", "create", "--quiet", path, name, "--not", tree.Base);
        }
        finally
        {
            await git.AskAsync(tree.Folder, Limit, CancellationToken.None, "update-ref", "-d", name);
        }

        var commits = int.Parse(await SaysAsync(tree.Folder, stop, "rev-list", "--count", $"{tree.Base}..{head}"), CultureInfo.InvariantCulture);
        var changed = (await SaysAsync(tree.Folder, stop, "diff", "--name-only", "--no-renames", head, all)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
        return new(tree.Base, head, index, all, commits, changed);
    }

    /// <summary>In a tree of the same base: afterwards its status and its log say what they said there.</summary>
    /// <exception cref="WorkFault">It can't be.</exception>
    public async Task ReadAsync(Worktree tree, MovedTree moved, string taskId, string path, CancellationToken stop)
    {
        await SaysAsync(tree.Folder, stop, "fetch", "--quiet", "--no-tags", path, $"{Refs}{taskId}");
        if (await SaysAsync(tree.Folder, stop, "rev-parse", "FETCH_HEAD") != moved.All)
        {
            throw new WorkFault(Contracts.Scheduler.TaskErrorKind.Crashed, "it has another tree in it than it tells");
        }

        await SaysAsync(tree.Folder, stop, "reset", "--quiet", "--hard", moved.All);
        await SaysAsync(tree.Folder, stop, "reset", "--quiet", "--mixed", moved.Index);
        await SaysAsync(tree.Folder, stop, "reset", "--quiet", "--soft", moved.Head);
    }

    /// <summary>What becomes an argument of git is a commit's name and nothing else. Pure.</summary>
    public static bool IsRight(MovedTree tree) => new[] { tree.Base, tree.Head, tree.Index, tree.All }.All(commit => commit is { Length: 40 or 64 } && commit.All(char.IsAsciiHexDigitLower));

    private async Task<string> SaysAsync(string folder, CancellationToken stop, params string[] arguments)
    {
        var said = await git.AskAsync(folder, Limit, stop, arguments);
        return said.IsWell ? said.Output.Trim() : throw new WorkFault(Contracts.Scheduler.TaskErrorKind.Crashed, $"git {arguments.First(part => part is not "-c" && !part.Contains('='))}: {said.Error.Trim()}");
    }
}
