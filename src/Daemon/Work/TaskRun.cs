using Agents.Contracts.Realtime;
using Agents.Contracts.Scheduler;
using Agents.Daemon.Link;
using Agents.Daemon.Processes;
using Agents.Daemon.Redaction;
using Agents.Daemon.Runners;
using Agents.Daemon.State;
using Microsoft.Extensions.Logging;

namespace Agents.Daemon.Work;

/// <summary>What all attempts have in common.</summary>
internal sealed record WorkParts(
    Folders Folders, Preparing Preparing, RunSurroundings Around, Outbox Outbox, Questions Questions, SpentSessions Spent, Func<string, string?> OwnVariable, string Home,
    TimeProvider Time, ILogger Log);

/// <summary>One attempt at a task, from its order to what is told of its end. Whatever goes wrong in it ends it alone.</summary>
internal sealed partial class TaskRun(TaskOrder order, WorkParts parts)
{
    /// <summary>One after the other: one that took an old conversation's place, and those that were told something more.</summary>
    private const int MostPrograms = 20;

    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<Halt> _halted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Inbox _inbox = new();
    private readonly long _began = parts.Time.GetTimestamp();

    // What is not known before the secrets are: nothing is told before either.
    private Redactor _redactor = new([]);
    private RunRecord? _record;
    private string? _sessionId = order.SessionId;
    private long _heard = parts.Time.GetTimestamp();
    private volatile bool _spoke;

    public TaskAttempt Attempt { get; } = new(order.TaskId, order.Attempt);

    public string AgentId => order.AgentId;

    /// <summary>Nothing of it runs any more; its end may still be on the way to the spool.</summary>
    public bool IsOver => _over.Task.IsCompleted;

    public Task Over => _over.Task;

    /// <summary>The first reason counts.</summary>
    public void Stop(Halt halt)
    {
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
            said = Verdict.Of(Attempt, halt, end, _sessionId);
        }
        catch (Exception) when (_halted.Task.IsCompleted)
        {
            said = Verdict.Of(Attempt, await _halted.Task, null, _sessionId);
        }
        catch (WorkFault fault)
        {
            said = Verdict.Of(Attempt, fault);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            said = Verdict.Failed(Attempt, TaskErrorKind.Crashed, $"The device could not run it: {e.Message}", null, _sessionId, null);
        }
        catch (Exception e)
        {
            Log.Failed(parts.Log, e, order.TaskId, order.Attempt);
            said = Verdict.Failed(Attempt, TaskErrorKind.Crashed, $"The daemon failed at it ({e.GetType().Name}); its log says more.", null, _sessionId, null);
        }

        _inbox.End();
        said = WithoutSecrets(said);
        Log.Ended(parts.Log, order.TaskId, order.Attempt, said.Error?.Kind ?? "done", parts.Time.GetElapsedTime(_began).TotalSeconds);
        _over.TrySetResult();
        return said;
    }

    /// <summary>It is in the spool: from now on that tells of it.</summary>
    public void Forget() => _record?.Remove(parts.Folders);

    private async Task<(Halt? Halt, RunEnd End)> RunAsync(Task before)
    {
        await before.WaitAsync(_stop.Token);
        var setup = await parts.Preparing.SetupAsync(order.AgentId, _stop.Token);
        if (!OperatingSystem.IsLinux())
        {
            throw new WorkFault(TaskErrorKind.Failed, $"ccc {Build.Version} works on tasks on Linux only, and this device is {Build.Os}.");
        }

        using var clock = WallClock(setup);
        var folder = WorkFolder.Make(parts.Folders, order.TaskId, setup.Working, parts.Home);
        try
        {
            var task = await parts.Preparing.WordsAsync(order, setup, folder.Path, parts.Home, _stop.Token);
            if (task.SessionId is { } session && parts.Spent.Has(session))
            {
                task = task.Afresh();
            }

            var runner = RunnerCatalog.For(setup.RunnerName, task);
            // Before any secret is fetched it is known whether it can be started at all.
            runner.Launch();
            var secrets = await parts.Preparing.SecretsAsync(Attempt, setup, _stop.Token);
            _redactor = new(secrets.Values);
            var voice = new Voice(Attempt, _redactor, parts.Outbox, Heard, Session, parts.Time);
            for (var program = 1; ; program++)
            {
                var launch = runner.Launch();
                var environment = RunEnvironment.Of(setup.PlainVariables.Concat(secrets), launch.Environment ?? new Dictionary<string, string>(), parts.OwnVariable, parts.Home);
                if (RunEnvironment.Find(launch.Command[0], folder.Path, environment) is null)
                {
                    throw new WorkFault(TaskErrorKind.Failed, $"There is no program {launch.Command[0]} on this device, in none of the folders of PATH ({environment["PATH"]}).");
                }

                var (halt, end) = await RunAsync(runner, voice, setup, launch, new(launch.Command, environment, folder.Path, Guid.NewGuid().ToString("N")));
                if (halt is not null || end.Instead is null || program == MostPrograms)
                {
                    return (halt, end);
                }

                runner = end.Instead;
            }
        }
        finally
        {
            if (folder.Remove() is { } problem)
            {
                Log.FolderStays(parts.Log, folder.Path, problem);
            }
        }
    }

    private async Task<(Halt? Halt, RunEnd End)> RunAsync(IRunner runner, Voice voice, AgentSetup setup, Launch launch, ProgramStart start)
    {
        using var silent = CancellationTokenSource.CreateLinkedTokenSource(CancellationToken.None);
        var speaking = voice.RunAsync(silent.Token);
        await using var program = ProgramRun.Prepare(start, setup.Limits, parts.Around);
        _record = new(order.TaskId, order.Attempt, order.AgentId, start.Mark, program.Tree.Root.Leader, program.Tree.Root.Start, ProcessTable.BootId, program.Tree.Cgroup?.Folders ?? []);
        _record.Write(parts.Folders);
        parts.Around.Guard.Watch(program.Tree);
        parts.Around.Watch.Add(new(program.Tree, order.AgentId, setup.Limits, program.KernelLimits, exceeded => Look(exceeded, setup, launch.FirstWord)));
        _stop.Token.ThrowIfCancellationRequested();
        _spoke = false;
        _heard = parts.Time.GetTimestamp();
        Log.Begins(parts.Log, order.TaskId, order.Attempt, order.AgentId, program.Tree.Root.Leader);

        var (exitCode, lastWords, halt) = await program.RunAsync(runner, voice, new RunPeople(Attempt, _redactor, parts.Questions, _inbox), _halted.Task);

        await silent.CancelAsync();
        await speaking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        voice.Finish();
        if (halt is null && exitCode != 0 && program.Tree.Cgroup is { } group && LimitRule.ByKernel(setup.Limits, group) is { } exceeded)
        {
            // It was over before anybody looked.
            halt = Halt.Exceeded(exceeded);
        }

        var end = runner.End(exitCode, lastWords);
        if (end is { IsSpent: true } && (end.SessionId ?? _sessionId) is { } spent)
        {
            parts.Spent.Add(spent);
            _sessionId = null;
        }

        return (halt, end);
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

    private void Heard()
    {
        _spoke = true;
        Volatile.Write(ref _heard, parts.Time.GetTimestamp());
    }

    private void Look(string? exceeded, AgentSetup setup, TimeSpan? firstWord)
    {
        if (exceeded is not null)
        {
            Stop(Halt.Exceeded(exceeded));
        }
        else if (parts.Questions.Any(Attempt))
        {
            // Who waits for a person is not idle, and has the same time again afterwards.
            Volatile.Write(ref _heard, parts.Time.GetTimestamp());
        }
        else if (Silence.Of(parts.Time.GetElapsedTime(Volatile.Read(ref _heard)), _spoke, setup.Limits?.Idle, firstWord) is { } halt)
        {
            Stop(halt);
        }
    }

    private void Session(string id)
    {
        _sessionId = id;
        if (_record is { } record && record.SessionId != id)
        {
            _record = record with { SessionId = id };
            _record.Write(parts.Folders);
        }
    }

    private SpoolRecord WithoutSecrets(SpoolRecord said) => said switch
    {
        { Result: { Result: { } result } whole } => said with { Result = whole with { Result = RedactedJson.Of(result, _redactor) } },
        { Error: { Error: { } error } whole } => said with { Error = whole with { Error = _redactor.Redact(error).Replace('\0', '\uFFFD') } },
        _ => said,
    };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Task {Task}, attempt {Attempt}, begins for {Agent} as process {Process}")]
        public static partial void Begins(ILogger log, string task, int attempt, string agent, int process);

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
