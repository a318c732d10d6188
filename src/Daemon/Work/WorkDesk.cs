using System.Text.Json;
using Agents.Contracts.Realtime;
using Agents.Contracts.Scheduler;
using Agents.Daemon.Link;
using Microsoft.Extensions.Logging;

namespace Agents.Daemon.Work;

/// <summary>Takes orders, and knows what runs here and what waits to be acknowledged. What it is told by the connection it does at once.</summary>
/// <param name="places">How many tasks at once on this device; null leaves it to the server.</param>
internal sealed partial class WorkDesk(WorkParts parts, Spool spool, SpoolSender sender, int? places)
{
    /// <summary>As many as a heartbeat may name.</summary>
    private const int MostNamed = 2_000;

    private static readonly TimeSpan KeepPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(3.5);
    private static readonly TimeSpan AckLimit = TimeSpan.FromSeconds(0.7);

    private readonly Lock _lock = new();
    private readonly Dictionary<TaskAttempt, TaskRun> _runs = [];
    private readonly Dictionary<TaskAttempt, Task> _tasks = [];
    private bool _isClosing;

    /// <summary>What was accepted and what is not acknowledged: for the server all of it is in our hands.</summary>
    public IReadOnlyList<TaskAttempt> Running
    {
        get
        {
            lock (_lock)
            {
                return [.. _runs.Keys.Concat(spool.Waiting.Select(one => one.Attempt)).Distinct().Take(MostNamed)];
            }
        }
    }

    public int RunningOf(string agentId)
    {
        lock (_lock)
        {
            return _runs.Values.Count(run => run.AgentId == agentId && !run.IsOver);
        }
    }

    public void Ordered(TaskOrder order)
    {
        var attempt = new TaskAttempt(order.TaskId, order.Attempt);
        if (spool.Has(attempt))
        {
            // It is done already, and said at once to who asks again.
            sender.Again();
            return;
        }

        lock (_lock)
        {
            if (_runs.ContainsKey(attempt))
            {
                Accept(attempt);
                return;
            }

            if (Refusal(order) is { } why)
            {
                Log.Refused(parts.Log, order.TaskId, order.Attempt, why);
                Say(FrameType.TaskError, new TaskError(order.TaskId, order.Attempt, why, TaskErrorKind.Refused));
                return;
            }

            var older = _runs.Values.Where(run => run.Attempt.TaskId == order.TaskId).ToList();
            older.ForEach(run => run.Stop(Halt.Superseded));
            var run = new TaskRun(order, parts);
            _runs[attempt] = run;
            Accept(attempt);
            _tasks[attempt] = Task.Run(() => LiveAsync(run, Task.WhenAll(older.Select(one => one.Over))));
        }
    }

    public void Canceled(TaskCancel cancel)
    {
        var attempt = new TaskAttempt(cancel.TaskId, cancel.Attempt);
        lock (_lock)
        {
            if (_runs.TryGetValue(attempt, out var run))
            {
                run.Stop(Halt.Canceled(cancel));
            }
            else if (!spool.Has(attempt))
            {
                Say(FrameType.TaskError, new TaskError(cancel.TaskId, cancel.Attempt, "It does not run here.", TaskErrorKind.Canceled));
            }
        }
    }

    public void Answered(TaskAnswer answer) => parts.Questions.Answered(answer);

    /// <summary>Its program is given it. Where it can't be that is told as what the attempt says: nobody else would hear of it.</summary>
    public void Messaged(TaskMessage message)
    {
        lock (_lock)
        {
            var why = _runs.TryGetValue(new(message.TaskId, message.Attempt), out var run) ? run.Tell(message.Text) : "it does not run here";
            if (why is not null)
            {
                Log.NotTold(parts.Log, message.TaskId, message.Attempt, why);
            }

            if (why is not null && (run is not null || spool.Has(new(message.TaskId, message.Attempt))))
            {
                var text = JsonSerializer.SerializeToElement($"What {message.From ?? "somebody"} said did not reach the program: {why}.\n", DaemonJson.Wire.String);
                parts.Outbox.TryPut(OutFrame.Of(FrameType.TaskProgress, new(message.TaskId, message.Attempt, Kind: "log", Data: text), DaemonJson.Wire.TaskProgress));
            }
        }
    }

    public void Acked(TaskAck ack)
    {
        if (!ack.Accepted)
        {
            Log.NotAccepted(parts.Log, ack.TaskId, ack.Attempt, ack.Reason ?? "it did not say why");
        }

        spool.Acknowledged(new(ack.TaskId, ack.Attempt));
        sender.Wake();
    }

    /// <summary>All that runs is ended and told, as far as there is time for it; what is not told then is on disk.</summary>
    public async Task CloseAsync()
    {
        Task[] all;
        lock (_lock)
        {
            _isClosing = true;
            foreach (var run in _runs.Values)
            {
                run.Stop(Halt.DaemonStops);
            }

            all = [.. _tasks.Values];
        }

        if (all.Length == 0)
        {
            return;
        }

        await Task.WhenAny(Task.WhenAll(all), Task.Delay(EndLimit, parts.Time));
        for (var began = parts.Time.GetTimestamp(); spool.Waiting.Count > 0 && parts.Time.GetElapsedTime(began) < AckLimit;)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), parts.Time);
        }
    }

    private async Task LiveAsync(TaskRun run, Task before)
    {
        var said = await run.WorkAsync(before);
        while (!TryKeep(said))
        {
            // Still named as running: the server waits for it as we do.
            await Task.Delay(KeepPause, parts.Time);
        }

        run.Forget();
        lock (_lock)
        {
            _runs.Remove(run.Attempt);
            _tasks.Remove(run.Attempt);
        }

        sender.Wake();
    }

    /// <summary>What could not be kept is not sent: were it lost on the way, nobody would have it.</summary>
    private bool TryKeep(SpoolRecord said)
    {
        try
        {
            spool.Keep(said);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.NotKept(parts.Log, said.TaskId, said.Attempt, e.Message);
            var text = JsonSerializer.SerializeToElement($"The device can't write the result to its disk, so it is not sent yet: {e.Message}\n", DaemonJson.Wire.String);
            parts.Outbox.TryPut(OutFrame.Of(FrameType.TaskProgress, new(said.TaskId, said.Attempt, Kind: "log", Data: text), DaemonJson.Wire.TaskProgress));
            return false;
        }
    }

    /// <summary>Null where it is taken.</summary>
    private string? Refusal(TaskOrder order)
    {
        var working = _runs.Values.Where(run => !run.IsOver).ToList();
        return _isClosing ? "The daemon of its device stops."
            : places is { } ofDevice && working.Count >= ofDevice ? $"All {ofDevice} places of this device are taken."
            : parts.Preparing.PlacesOf(order.AgentId) is { } ofAgent && working.Count(run => run.AgentId == order.AgentId) >= ofAgent ? $"All {ofAgent} places of the agent {order.AgentId} are taken."
            : null;
    }

    private void Accept(TaskAttempt attempt) => parts.Outbox.TryPut(OutFrame.Of(FrameType.TaskAccept, new(attempt.TaskId, attempt.Attempt, Brings: true), DaemonJson.Wire.TaskAccept));

    private void Say(string type, TaskError error) => parts.Outbox.TryPut(OutFrame.Of(type, error, DaemonJson.Wire.TaskError));

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Task {Task}, attempt {Attempt}, is not taken: {Reason}")]
        public static partial void Refused(ILogger log, string task, int attempt, string reason);

        [LoggerMessage(LogLevel.Warning, "A message to the program of task {Task}, attempt {Attempt}, can't be given to it: {Reason}")]
        public static partial void NotTold(ILogger log, string task, int attempt, string reason);

        [LoggerMessage(LogLevel.Information, "What was said of task {Task}, attempt {Attempt}, came too late: {Reason}")]
        public static partial void NotAccepted(ILogger log, string task, int attempt, string reason);

        [LoggerMessage(LogLevel.Error, "The result of task {Task}, attempt {Attempt}, can't be written to disk, so it is not sent; it is tried again: {Problem}")]
        public static partial void NotKept(ILogger log, string task, int attempt, string problem);
    }
}
