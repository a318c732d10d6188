namespace Agents.Daemon.Work.Repos;

/// <summary>A working tree of a task's own, of a repository whose clone all tasks of the device share.</summary>
/// <param name="CloneFolder">The folder of the clone.</param>
/// <param name="Base">The commit that the task began with.</param>
internal sealed record Worktree(string Repo, string CloneFolder, string Folder, string Branch, string Base);

/// <summary>What a task has left in its working tree.</summary>
/// <param name="Branch">Of the device's clone; null where nothing was changed.</param>
/// <param name="Diff">As a patch; of one that is long the beginning.</param>
/// <param name="DiffIsCut">It is longer.</param>
internal sealed record WorkLeft(
    string Repo, string Base, string? Branch = null, string? Commit = null, IReadOnlyList<ChangedFile>? Files = null, string? Diff = null, bool DiffIsCut = false);

/// <param name="Added">Lines; null of what is no text.</param>
internal sealed record ChangedFile(string Path, int? Added, int? Removed);
