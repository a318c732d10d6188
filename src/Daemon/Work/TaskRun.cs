using Agents.Contracts.Realtime;
using Agents.Contracts.Scheduler;
using Agents.Daemon.Link;
using Agents.Daemon.Mcp;
using Agents.Daemon.Runners;
using Agents.Daemon.State;
using Agents.Daemon.Work.Files;
using Agents.Daemon.Work.Moves;
using Agents.Daemon.Work.Repos;
using Microsoft.Extensions.Logging;

namespace Agents.Daemon.Work;

/// <summary>What all attempts have in common.</summary>
internal sealed record WorkParts(
    Folders Folders, Preparing Preparing, RunSurroundings Around, Outbox Outbox, Questions Questions, SpentSessions Spent, RepoClones Repos, Outgoing Outgoing,
    TreeBundle Trees, IServerCalls Server, Func<string> DeviceId, McpDoor Door, RunServer Tools, Func<string, string?> OwnVariable, string Home,
    TimeProvider Time, ILogger Log);

/// <summary>One attempt at a task, from its order to what is told of its end. Whatever goes wrong in it ends it alone.</summary>
internal sealed partial class TaskRun(TaskOrder order, WorkParts parts)
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<Halt> _halted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Inbox _inbox = new();
    private readonly long _began = parts.Time.GetTimestamp();
    private TaskPrograms? _programs;
    private KeptFiles? _kept;

    public TaskAttempt Attempt { get; } = new(order.TaskId, order.Attempt);

    public string AgentId => order.AgentId;

    private string? SessionId => _programs is { } began ? began.SessionId : order.SessionId;

    /// <summary>Nothing of it runs any more; its end may still be on the way to the spool.</summary>
    public bool IsOver => _over.Task.IsCompleted;

    public Task Over => _over.Task;

    /// <summary>The first reason counts.</summary>
    public void Stop(Halt halt)
    {
        if (!_halted.Task.IsCompleted)
        {
            _programs?.Stopping();
        }

        if (_halted.TrySetResult(halt))
        {
            Log.Stops(parts.Log, order.TaskId, order.Attempt, halt.Message);
            // Whoever stops it has other things to do than what follows from it.
            _ = _stop.CancelAsync();
        }
    }

    /// <summary>Somebody says something to the program. Null where it will be given it; else why not.</summary>
    public string? Tell(string text) => _inbox.Put(text);

    /// <param name="before">What has to be over first.</param>
    public async Task<SpoolRecord> WorkAsync(Task before)
    {
        SpoolRecord said;
        try
        {
            var (halt, end) = await RunAsync(before);
            said = Verdict.Of(Attempt, halt, end, SessionId);
        }
        catch (Exception) when (_halted.Task.IsCompleted)
        {
            said = Verdict.Of(Attempt, await _halted.Task, null, SessionId);
        }
        catch (WorkFault fault)
        {
            said = Verdict.Of(Attempt, fault);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            said = Verdict.Failed(Attempt, TaskErrorKind.Crashed, $"The device could not run it: {e.Message}", null, SessionId, null);
        }
        catch (Exception e)
        {
            Log.Failed(parts.Log, e, order.TaskId, order.Attempt);
            said = Verdict.Failed(Attempt, TaskErrorKind.Crashed, $"The daemon failed at it ({e.GetType().Name}); its log says more.", null, SessionId, null);
        }

        _inbox.End();
        said = (_programs?.WithoutSecrets(said) ?? said).With(_kept);
        Log.Ended(parts.Log, order.TaskId, order.Attempt, said.Error?.Kind ?? "done", parts.Time.GetElapsedTime(_began).TotalSeconds);
        _over.TrySetResult();
        return said;
    }

    /// <summary>It is in the spool: from now on that tells of it.</summary>
    public void Forget() => _programs?.Forget();

    private async Task<(Halt? Halt, RunEnd End)> RunAsync(Task before)
    {
        await before.WaitAsync(_stop.Token);
        var setup = await parts.Preparing.SetupAsync(order.AgentId, _stop.Token);
        if (!OperatingSystem.IsLinux())
        {
            throw new WorkFault(TaskErrorKind.Failed, $"ccc {Build.Version} works on tasks on Linux only, and this device is {Build.Os}.");
        }

        using var clock = WallClock(setup);
        var arrival = new Arrival(order, setup, parts);
        try
        {
            await arrival.FetchAsync(_stop.Token);
            return await RunAsync(setup, arrival);
        }
        finally
        {
            arrival.Clear();
        }
    }

    private async Task<(Halt? Halt, RunEnd End)> RunAsync(AgentSetup setup, Arrival arrival)
    {
        _programs = new(order, setup, parts, _inbox, _halted.Task, Stop);
        return setup.Working?.Repo is { } repo ? await RunInTreeAsync(_programs, repo, setup, arrival) : await RunInFolderAsync(_programs, setup, arrival);
    }

    private async Task<(Halt? Halt, RunEnd End)> RunInFolderAsync(TaskPrograms programs, AgentSetup setup, Arrival arrival)
    {
        var folder = WorkFolder.Make(parts.Folders, order.TaskId, setup.Working, parts.Home);
        try
        {
            arrival.IntoFolder(folder);
            var (halt, end) = await programs.RunAsync(folder.Path, arrival, _stop.Token);
            await KeepFilesAsync(halt, programs, setup, folder.Path, folder.IsOwn);
            return (halt, end);
        }
        finally
        {
            if (folder.Remove() is { } problem)
            {
                Log.FolderStays(parts.Log, folder.Path, problem);
            }
        }
    }

    private async Task<(Halt? Halt, RunEnd End)> RunInTreeAsync(TaskPrograms programs, string repo, AgentSetup setup, Arrival arrival)
    {
        var tree = await arrival.TreeAsync(repo, setup.Working?.Ref, _stop.Token);
        try
        {
            var (halt, end) = await programs.RunAsync(tree.Folder, arrival, _stop.Token);
            await KeepFilesAsync(halt, programs, setup, tree.Folder, isOwn: true, tree);
            return (halt, LeftBeside.Of(end, await parts.Repos.KeepAsync(tree)));
        }
        catch
        {
            // Whatever became of it, what it has changed is kept.
            await parts.Repos.KeepAsync(tree);
            throw;
        }
    }

    /// <summary>
    /// The files that were asked for, whatever became of the program. Where another attempt goes on with it they are that one's, and where that is to be
    /// elsewhere, all there is goes along.
    /// </summary>
    private async Task KeepFilesAsync(Halt? halt, TaskPrograms programs, AgentSetup setup, string folder, bool isOwn, Worktree? tree = null)
    {
        if (halt is { IsMove: true })
        {
            _kept = await new Departure(Attempt, setup, parts).PackAsync(programs.Unfinished(), SessionId, folder, isOwn, tree, CancellationToken.None);
            return;
        }

        string[] patterns = [.. (order.Artifacts ?? []).Concat(setup.Working?.Artifacts ?? []).Distinct()];
        if (patterns.Length == 0 || halt is { GoesOn: true })
        {
            return;
        }

        try
        {
            _kept = await parts.Outgoing.KeepAsync(Attempt, folder, patterns, CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _kept = new([], [new(".", e.Message)]);
        }
    }

    private ITimer? WallClock(AgentSetup setup)
    {
        int?[] said = [setup.Limits?.Timeout, order.TimeoutSeconds];
        if (said.Min() is not { } seconds)
        {
            return null;
        }

        var left = TimeSpan.FromSeconds(seconds) - parts.Time.GetElapsedTime(_began);
        return parts.Time.CreateTimer(_ => Stop(Halt.Timeout(TimeSpan.FromSeconds(seconds))), null, left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Task {Task}, attempt {Attempt}, ended after {Seconds:0.0} s: {Outcome}")]
        public static partial void Ended(ILogger log, string task, int attempt, string outcome, double seconds);

        [LoggerMessage(LogLevel.Information, "Task {Task}, attempt {Attempt}, is stopped: {Reason}")]
        public static partial void Stops(ILogger log, string task, int attempt, string reason);

        [LoggerMessage(LogLevel.Error, "Task {Task}, attempt {Attempt}, failed within the daemon")]
        public static partial void Failed(ILogger log, Exception exception, string task, int attempt);

        [LoggerMessage(LogLevel.Warning, "{Folder} can't be removed: {Problem}")]
        public static partial void FolderStays(ILogger log, string folder, string problem);
    }
}
