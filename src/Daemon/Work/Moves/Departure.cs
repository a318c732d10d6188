using Agents.Contracts.Scheduler;
using Agents.Daemon.Runners;
using Agents.Daemon.State;
using Agents.Daemon.Work.Files;
using Agents.Daemon.Work.Repos;
using Microsoft.Extensions.Logging;

namespace Agents.Daemon.Work.Moves;

/// <summary>Packs up what there is of a task that goes on elsewhere. What can't go along is said; that something can't be packed stops no move.</summary>
internal sealed partial class Departure(TaskAttempt attempt, AgentSetup setup, WorkParts parts)
{
    private const string Place = "moved.tar.gz";
    private const string BundlePlace = "tree.bundle";

    private readonly MoveLimits _limits = new();
    private readonly List<LeftFile> _left = [];
    private long _room = new MoveLimits().Together;

    /// <param name="tree">Where it worked in one of a repository; else the files of its folder go, where that was its own.</param>
    public async Task<KeptFiles> PackAsync(Unfinished unfinished, string? session, string folder, bool isOwn, Worktree? tree, CancellationToken stop)
    {
        try
        {
            PrivateFile.MakeFolder(parts.Outgoing.FolderOf(attempt));
            Dictionary<string, string> beside = [];
            var conversation = session is null ? null : Session(session, beside);
            var bundled = tree is null ? null : await BundleAsync(tree, beside, stop);
            var files = tree is null && isOwn ? OwnFiles(folder) : [];
            var work = new MovedWork(
                parts.DeviceId(), setup.RunnerName, session, conversation, unfinished.PromptTaken, Texts(unfinished.Untaken), Texts(unfinished.Unanswered), bundled, files.Count, _left);
            await MovePackage.WriteAsync(Path.Combine(parts.Outgoing.FolderOf(attempt), Place), work, beside, folder, files, stop);
            return new([await parts.Outgoing.AddAsync(attempt, ArtifactKind.Package, Place, Place, stop)], _left);
        }
        catch (Exception e) when (e is WorkFault or IOException or UnauthorizedAccessException)
        {
            Log.NotPacked(parts.Log, attempt.TaskId, attempt.Attempt, e.Message);
            return new([], [.. _left, new("what it had done", e.Message)]);
        }
    }

    private string? Session(string session, Dictionary<string, string> beside)
    {
        if (SessionFiles.Find(setup, parts.Home, session) is not { } found)
        {
            return null;
        }

        var length = new FileInfo(found.Path).Length;
        if (length > _limits.Session)
        {
            _left.Add(new("its conversation", $"It has {length} bytes, where {_limits.Session} may be."));
            return null;
        }

        beside[MovePackage.Session] = found.Path;
        _room -= length;
        return found.Name;
    }

    private async Task<MovedTree?> BundleAsync(Worktree tree, Dictionary<string, string> beside, CancellationToken stop)
    {
        var path = Path.Combine(parts.Outgoing.FolderOf(attempt), BundlePlace);
        try
        {
            var moved = await parts.Trees.WriteAsync(tree, path, stop);
            var length = new FileInfo(path).Length;
            if (length <= _room)
            {
                beside[MovePackage.Bundle] = path;
                return moved;
            }

            _left.Add(new("what it had changed", $"It has {length} bytes, where {_room} may be. It is on the branch {tree.Branch} of this device's clone of {tree.Repo}."));
        }
        catch (WorkFault fault)
        {
            _left.Add(new("what it had changed", $"{fault.Message} It is on the branch {tree.Branch} of this device's clone of {tree.Repo}."));
        }

        return null;
    }

    private List<string> OwnFiles(string folder)
    {
        var found = FoundFiles.In(folder, ["**"], withGit: true);
        _left.AddRange(found.Left.Where(file => file.Name is not "**"));
        List<string> files = [];
        foreach (var path in found.Paths)
        {
            var length = new FileInfo(Path.Combine(folder, path)).Length;
            if (length > _room || files.Count == _limits.Entries)
            {
                _left.Add(new(path, length > _room ? "With it more would go along than may." : $"More than {_limits.Entries} files would go along."));
                continue;
            }

            files.Add(path);
            _room -= length;
        }

        return files;
    }

    private List<string> Texts(IReadOnlyList<string> texts) => [.. texts.Take(_limits.Texts).Select(text => Contracts.TextCut.Cut(text, _limits.Text, " …"))];

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Task {Task}, attempt {Attempt}, goes on elsewhere, and what there is of it can't be packed: {Problem}")]
        public static partial void NotPacked(ILogger log, string task, int attempt, string problem);
    }
}
