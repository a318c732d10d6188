using System.Globalization;
using Agents.Contracts;

namespace Agents.Daemon.Work.Repos;

/// <summary>Reads what was changed in a working tree since the task began.</summary>
internal static class WorkChanges
{
    private const int MostFiles = 500;
    private const int MostDiff = 64 * 1024;

    public static async Task<WorkLeft> OfAsync(Git git, Worktree tree, TimeSpan limit)
    {
        var head = (await git.AskAsync(tree.Folder, limit, CancellationToken.None, "rev-parse", "HEAD")).Output.Trim();
        if (head == tree.Base || head.Length == 0)
        {
            return new(tree.Repo, tree.Base);
        }

        // The program may have gone to a branch of its own: what it has done is to be found under ours.
        await git.AskAsync(tree.Folder, limit, CancellationToken.None, "update-ref", $"refs/heads/{tree.Branch}", head);
        var files = await git.AskAsync(tree.Folder, limit, CancellationToken.None, "diff", "--numstat", "-z", "--no-renames", tree.Base, head);
        var diff = (await git.AskAsync(tree.Folder, limit, CancellationToken.None, "diff", "--no-ext-diff", "--no-textconv", "--no-color", tree.Base, head)).Output;
        return new(tree.Repo, tree.Base, tree.Branch, head, Files(files.Output), diff.Cut(MostDiff), diff.Length > MostDiff);
    }

    /// <summary>Of each file, set apart by tabs, how many lines came and went, and its name. Pure.</summary>
    internal static IReadOnlyList<ChangedFile> Files(string numstat) =>
    [
        .. numstat.Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t', 3))
            .Where(parts => parts.Length == 3)
            .Take(MostFiles)
            .Select(parts => new ChangedFile(parts[2], Lines(parts[0]), Lines(parts[1]))),
    ];

    private static int? Lines(string count) => int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var lines) ? lines : null;
}
