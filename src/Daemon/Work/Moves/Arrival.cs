using System.Globalization;
using System.Text.Json.Nodes;
using Agents.Contracts.Realtime;
using Agents.Contracts.Scheduler;
using Agents.Daemon.Link;
using Agents.Daemon.Runners;
using Agents.Daemon.Runners.Lines;
using Agents.Daemon.State;
using Agents.Daemon.Work.Repos;
using Microsoft.Extensions.Logging;

namespace Agents.Daemon.Work.Moves;

/// <summary>
/// What was brought along of a task that was begun elsewhere, laid where its program finds it. What can't be had after some tries is done
/// without: then the task begins anew, and says so.
/// </summary>
internal sealed partial class Arrival(TaskOrder order, AgentSetup setup, WorkParts parts)
{
    private const int Tries = 6;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);

    private readonly string _folder = Path.Combine(parts.Folders.IncomingFolder, string.Create(CultureInfo.InvariantCulture, $"{order.TaskId}.{order.Attempt}"));
    private MovedWork? _work;
    private bool _hasSession;

    public async Task FetchAsync(CancellationToken stop)
    {
        if (order.PackageRef is not { } package)
        {
            return;
        }

        try
        {
            PrivateFile.MakeFolder(_folder);
            var path = Path.Combine(_folder, "package");
            await FetchedAsync(package, path, stop);
            _work = await MovePackage.ReadAsync(path, _folder, new(), stop);
        }
        catch (Exception e) when (e is Failure or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            Lost(e.Message);
        }
    }

    /// <summary>A tree with all that was changed, where one was brought; else one as every task begins with.</summary>
    public async Task<Worktree> TreeAsync(string repo, string? reference, CancellationToken stop)
    {
        var attempt = new TaskAttempt(order.TaskId, order.Attempt);
        if (_work?.Tree is { } moved && TreeBundle.IsRight(moved))
        {
            try
            {
                var tree = await parts.Repos.CheckOutAsync(repo, moved.Base, attempt, stop);
                await parts.Trees.ReadAsync(tree, moved, order.TaskId, Path.Combine(_folder, MovePackage.Bundle), stop);
                return tree;
            }
            catch (WorkFault fault)
            {
                Lost(fault.Message);
            }
        }

        return await parts.Repos.CheckOutAsync(repo, reference, attempt, stop);
    }

    public void IntoFolder(WorkFolder folder)
    {
        var files = MovePackage.FilesOf(_folder);
        if (!folder.IsOwn || _work is null || !Directory.Exists(files))
        {
            return;
        }

        foreach (var path in Directory.EnumerateFiles(files, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }))
        {
            File.Move(path, BelowFolder.Make(folder.Path, Path.GetRelativePath(files, path)));
        }
    }

    /// <summary>The conversation where the program looks for it, and what it is told in place of the prompt.</summary>
    public RunnerTask Told(RunnerTask task)
    {
        if (order.PackageRef is null)
        {
            return task;
        }

        if (_work is null)
        {
            return task.Afresh();
        }

        try
        {
            _hasSession = task.SessionId is { } session && session == _work.SessionId
                && (_work.SessionFile is { } name
                    ? SessionFiles.Lay(setup, task.Home, task.Folder, session, name, Path.Combine(_folder, MovePackage.Session))
                    : _work.DeviceId == parts.DeviceId());
        }
        catch (Exception e) when (e is Failure or IOException or UnauthorizedAccessException)
        {
            Log.NoSession(parts.Log, order.TaskId, order.Attempt, e.Message);
        }

        task = task with { Unfinished = new(_work.PromptTaken, _work.Untaken, _work.Unanswered) };
        return _hasSession ? task : task.Afresh();
    }

    /// <summary>To whoever looks on, before its program begins.</summary>
    public void Say()
    {
        if (_work is { } work)
        {
            string?[] with =
            [
                work.Tree is { } tree ? $"{tree.Commits} commits and {tree.Changed} changed files" : work.Files > 0 ? $"{work.Files} files" : null,
                _hasSession ? "its conversation" : null,
                work.Untaken.Count > 0 ? $"{work.Untaken.Count} messages that it had not heard" : null,
                work.Unanswered.Count > 0 ? $"{work.Unanswered.Count} questions that nobody had answered" : null,
            ];
            var brought = string.Join(", ", with.OfType<string>());
            Say($"It goes on from {work.DeviceId} with {(brought.Length == 0 ? "nothing but its prompt" : brought)}.");
        }
    }

    /// <summary>Nobody needs what was unpacked any more.</summary>
    public void Clear() => WorkFolder.Remove(_folder);

    private async Task FetchedAsync(ContentRef package, string path, CancellationToken stop)
    {
        var pause = FirstPause;
        for (var left = Tries; ; left--, pause *= 2)
        {
            try
            {
                await parts.Server.FetchFileAsync(package, path, stop);
                return;
            }
            catch (Failure failure) when (left > 1 && !failure.IsFinal)
            {
                await Task.Delay(pause, parts.Time, stop);
            }
        }
    }

    private void Lost(string why)
    {
        _work = null;
        Log.Lost(parts.Log, order.TaskId, order.Attempt, why);
        Say($"What was done of it elsewhere can't be had here, so it begins anew: {why}");
    }

    private void Say(string text) => parts.Outbox.TryPut(OutFrame.Of(
        FrameType.TaskProgress,
        new(order.TaskId, order.Attempt, Kind: "status", Data: new JsonObject { ["state"] = "moved", ["text"] = text }.Element()),
        DaemonJson.Wire.TaskProgress));

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "What was done elsewhere of task {Task}, attempt {Attempt}, can't be had: {Problem}")]
        public static partial void Lost(ILogger log, string task, int attempt, string problem);

        [LoggerMessage(LogLevel.Warning, "The conversation of task {Task}, attempt {Attempt}, can't be laid where its program looks for it: {Problem}")]
        public static partial void NoSession(ILogger log, string task, int attempt, string problem);
    }
}
