using Agents.Contracts.Realtime;
using Agents.Contracts.Scheduler;
using Agents.Daemon.Mcp;
using Agents.Daemon.Mcp.Tools;
using Agents.Daemon.Processes;
using Agents.Daemon.Redaction;
using Agents.Daemon.Runners;
using Agents.Daemon.Work.Moves;
using Microsoft.Extensions.Logging;

namespace Agents.Daemon.Work;

/// <summary>
/// The programs that do one attempt, one after the other: the one that its post names, and those that take its place because it could
/// not begin as it was meant to, or has something more to be told.
/// </summary>
/// <param name="halted">Completes where the attempt is to be stopped.</param>
/// <param name="stopRun">Stops it.</param>
internal sealed partial class TaskPrograms(TaskOrder order, AgentSetup setup, WorkParts parts, Inbox inbox, Task<Halt> halted, Action<Halt> stopRun)
{
    private const int Most = 20;

    private readonly TaskAttempt _attempt = new(order.TaskId, order.Attempt);

    // What is not known before the secrets are: nothing is told before either.
    private Redactor _redactor = new([]);
    private RunRecord? _record;
    private IRunner? _runner;
    private IReadOnlyList<string> _asked = [];
    private long _heard = parts.Time.GetTimestamp();
    private volatile bool _spoke;
    private volatile McpSeat? _seat;

    /// <summary>The conversation, as it was said last; null where it is of no more use.</summary>
    public string? SessionId { get; private set; } = order.SessionId;

    /// <summary>It is stopped from now on: what it asks just now is not answered any more.</summary>
    public void Stopping() => _asked = parts.Questions.Of(_attempt);

    /// <summary>What runs stands on disk until what came of it does.</summary>
    public void Forget() => _record?.Remove(parts.Folders);

    /// <summary>What is told of it in the end.</summary>
    public SpoolRecord WithoutSecrets(SpoolRecord said) => said switch
    {
        { Result: { Result: { } result } whole } => said with { Result = whole with { Result = RedactedJson.Of(result, _redactor) } },
        { Error: { Error: { } error } whole } => said with { Error = whole with { Error = _redactor.Redact(error).Replace('\0', '\uFFFD') } },
        _ => said,
    };

    /// <param name="arrival">What was brought of it from elsewhere.</param>
    public async Task<(Halt? Halt, RunEnd End)> RunAsync(string folder, Arrival arrival, CancellationToken stop)
    {
        var task = await parts.Preparing.WordsAsync(order, setup, folder, parts.Home, stop);
        if (task.SessionId is { } session && parts.Spent.Has(session))
        {
            task = task.Afresh();
        }

        task = arrival.Told(task);
        arrival.Say();
        arrival.Clear();
        if (setup.Mcp is not false && parts.Door.Path is { } socket)
        {
            task = task with { Mcp = new(socket, McpSeat.NewToken()) };
        }

        var runner = RunnerCatalog.For(setup.RunnerName, task);
        // Before any secret is fetched it is known whether it can be started at all.
        runner.Launch();
        var secrets = await parts.Preparing.SecretsAsync(_attempt, setup, stop);
        _redactor = new(task.Mcp is { } mcp ? secrets.Values.Append(mcp.Token) : secrets.Values);
        var voice = new Voice(_attempt, _redactor, parts.Outbox, Heard, Session, parts.Time);
        using var seat = task.Mcp is { Token: var token } ? parts.Door.Seat(token, over => ToolsOf(task, voice, over)) : null;
        _seat = seat;
        for (var program = 1; ; program++)
        {
            var launch = runner.Launch();
            var environment = RunEnvironment.Of(setup.PlainVariables.Concat(secrets), launch.Environment ?? new Dictionary<string, string>(), parts.OwnVariable, parts.Home);
            foreach (var (name, value) in task.Mcp?.Variables ?? new Dictionary<string, string>())
            {
                environment[name] = value;
            }

            if (RunEnvironment.Find(launch.Command[0], folder, environment) is null)
            {
                throw new WorkFault(TaskErrorKind.Failed, $"There is no program {launch.Command[0]} on this device, in none of the folders of PATH ({environment["PATH"]}).");
            }

            var (halt, end) = await RunAsync(runner, voice, launch, new(launch.Command, environment, folder, Guid.NewGuid().ToString("N")), stop);
            if (halt is not null || end.Instead is null || program == Most)
            {
                return (halt, end);
            }

            runner = end.Instead;
        }
    }

    /// <summary>Of the program that was stopped. Nothing is said to it any more.</summary>
    public Unfinished Unfinished() => new(_runner?.HasTakenPrompt ?? false, [.. _runner?.Untaken ?? [], .. inbox.End()], _asked);

    private async Task<(Halt? Halt, RunEnd End)> RunAsync(IRunner runner, Voice voice, Launch launch, ProgramStart start, CancellationToken stop)
    {
        using var silent = new CancellationTokenSource();
        var speaking = voice.RunAsync(silent.Token);
        await using var program = ProgramRun.Prepare(start, setup.Limits, parts.Around);
        _record = new(order.TaskId, order.Attempt, order.AgentId, start.Mark, program.Tree.Root.Leader, program.Tree.Root.Start, ProcessTable.BootId, program.Tree.Cgroup?.Folders ?? []);
        _record.Write(parts.Folders);
        parts.Around.Guard.Watch(program.Tree);
        parts.Around.Watch.Add(new(program.Tree, order.AgentId, setup.Limits, program.KernelLimits, exceeded => Look(exceeded, launch.FirstWord)));
        stop.ThrowIfCancellationRequested();
        _runner = runner;
        _spoke = false;
        _heard = parts.Time.GetTimestamp();
        Log.Begins(parts.Log, order.TaskId, order.Attempt, order.AgentId, program.Tree.Root.Leader);

        var (exitCode, lastWords, halt) = await program.RunAsync(runner, voice, People, halted);

        await silent.CancelAsync();
        await speaking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        voice.Finish();
        if (halt is null && exitCode != 0 && program.Tree.Cgroup is { } group && LimitRule.ByKernel(setup.Limits, group) is { } exceeded)
        {
            // It was over before anybody looked.
            halt = Halt.Exceeded(exceeded);
        }

        var end = runner.End(exitCode, lastWords);
        if (end is { IsSpent: true } && (end.SessionId ?? SessionId) is { } spent)
        {
            parts.Spent.Add(spent);
            SessionId = null;
        }

        return (halt, end);
    }

    private RunPeople People => new(_attempt, _redactor, parts.Questions, inbox);

    private ToolBox ToolsOf(RunnerTask task, Voice voice, CancellationToken over) => new(
        RunTools.Of(new(order.TaskId, order.Attempt, order.AgentId, task.Folder, _redactor, voice, People, parts.Tools, parts.Time, over)), new(setup.Tools), People);

    private void Heard()
    {
        _spoke = true;
        Volatile.Write(ref _heard, parts.Time.GetTimestamp());
    }

    private void Look(string? exceeded, TimeSpan? firstWord)
    {
        if (exceeded is not null)
        {
            stopRun(Halt.Exceeded(exceeded));
        }
        else if (parts.Questions.Any(_attempt) || _seat is { IsBusy: true })
        {
            // Who waits for a person or a colleague is not idle, and has the same time again afterwards.
            Volatile.Write(ref _heard, parts.Time.GetTimestamp());
        }
        else if (Silence.Of(parts.Time.GetElapsedTime(Volatile.Read(ref _heard)), _spoke, setup.Limits?.Idle, firstWord) is { } silent)
        {
            stopRun(silent);
        }
    }

    private void Session(string id)
    {
        SessionId = id;
        if (_record is { } record && record.SessionId != id)
        {
            _record = record with { SessionId = id };
            _record.Write(parts.Folders);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Task {Task}, attempt {Attempt}, begins for {Agent} as process {Process}")]
        public static partial void Begins(ILogger log, string task, int attempt, string agent, int process);
    }
}
