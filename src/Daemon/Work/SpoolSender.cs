using System.Text.Json;
using Agents.Contracts.Realtime;
using Agents.Contracts.Scheduler;
using Agents.Daemon.Link;
using Agents.Daemon.Work.Files;
using Microsoft.Extensions.Logging;

namespace Agents.Daemon.Work;

/// <summary>Tells the server what is in the spool, in its order and again and again, until it has acknowledged it.</summary>
internal sealed partial class SpoolSender(Spool spool, Outbox outbox, IServerCalls server, FileUploads uploads, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<long, SpoolStand> _stands = [];
    private readonly Dictionary<long, OutFrame> _frames = [];
    private readonly SemaphoreSlim _some = new(0, 1);
    private readonly long _began = time.GetTimestamp();

    private TimeSpan Now => time.GetElapsedTime(_began);

    /// <summary>Before anything goes over a new connection: all again, from the oldest on.</summary>
    public void Again()
    {
        lock (_lock)
        {
            foreach (var frame in _frames.Values)
            {
                outbox.Remove(frame);
            }

            _frames.Clear();
            _stands.Clear();
        }

        Wake();
    }

    /// <summary>There is another one, or one less.</summary>
    public void Wake()
    {
        lock (_lock)
        {
            if (_some.CurrentCount == 0)
            {
                _some.Release();
            }
        }
    }

    public async Task RunAsync(CancellationToken stop)
    {
        while (true)
        {
            // Who waits for an answer is looked after by the second; an empty spool by nobody.
            await _some.WaitAsync(spool.Waiting.Count > 0 ? Look : Timeout.InfiniteTimeSpan, stop);
            foreach (var number in Due())
            {
                try
                {
                    await SendAsync(number, stop);
                }
                catch (Exception e) when (!stop.IsCancellationRequested)
                {
                    Log.NotSent(log, e.Message);
                    Stands(number, SpoolStage.Sent);
                }
            }
        }
    }

    private IReadOnlyList<long> Due()
    {
        var waiting = spool.Waiting.Select(one => one.Number).ToList();
        lock (_lock)
        {
            foreach (var gone in _stands.Keys.Except(waiting).ToList())
            {
                _stands.Remove(gone);
            }

            return SpoolTurns.Due(waiting, _stands, Now);
        }
    }

    private async Task SendAsync(long number, CancellationToken stop)
    {
        if (spool.Read(number) is not { } record)
        {
            return;
        }

        if (record.Files is not null || record.Left is not null)
        {
            Stands(number, SpoolStage.Goes);
            uploads.Begin(number, isSettled => Settled(number, isSettled), stop);
            return;
        }

        if (record is { HasContent: true, Result: { ResultRef: null } result })
        {
            record = await StoredAsync(number, record, result, stop);
        }

        var frame = record.Error is { } error
            ? new OutFrame(FrameType.TaskError, JsonSerializer.SerializeToUtf8Bytes(error, DaemonJson.Wire.TaskError))
            : new OutFrame(FrameType.TaskResult, JsonSerializer.SerializeToUtf8Bytes(record.Result!, DaemonJson.Wire.TaskResult));
        // What the server can't take just now comes again with the next round, and not by itself as well.
        frame = frame with { Sent = () => Stands(number, SpoolStage.Sent), Refused = () => { }, Wrong = why => Wrong(number, why) };
        lock (_lock)
        {
            _frames[number] = frame;
            _stands[number] = new(SpoolStage.Goes, Now);
        }

        await outbox.PutAsync(frame, stop);
    }

    /// <summary>Its files are where they are to be, and it is told; or it has the pause of what was not answered.</summary>
    private void Settled(long number, bool isSettled)
    {
        Stands(number, isSettled ? SpoolStage.Waits : SpoolStage.Sent);
        Wake();
    }

    /// <summary>Its content as an artifact of the task. Where that can't be, the task ends with saying so: a result that is no longer whole is none.</summary>
    private async Task<SpoolRecord> StoredAsync(long number, SpoolRecord record, TaskResult result, CancellationToken stop)
    {
        try
        {
            await using var content = spool.Content(number);
            record = record with { Result = result with { ResultRef = await server.UploadAsync(record.TaskId, "result.json", content, stop) } };
        }
        catch (Failure refused) when (refused.IsFinal)
        {
            record = Verdict.Failed(
                new(record.TaskId, record.Attempt), TaskErrorKind.BadOutput, $"Its result is too long for a frame and could not be stored as a file: {refused.Message}", false, result.SessionId, result.Usage);
        }

        spool.Write(number, record);
        return record;
    }

    /// <summary>The server understood it and says that it is wrong: it would be so the next time too.</summary>
    private void Wrong(long number, string why)
    {
        try
        {
            if (spool.Read(number) is not { } record)
            {
                return;
            }

            if (record is { HasContent: true, Result.ResultRef: not null })
            {
                // The artifact is gone. The content is not.
                spool.Write(number, record with { Result = record.Result with { ResultRef = null } });
            }
            else if (record.Result is { } result)
            {
                spool.Write(number, Verdict.Failed(new(record.TaskId, record.Attempt), TaskErrorKind.BadOutput, $"The server did not take its result: {why}", false, result.SessionId, null));
            }

            // With a pause: a server that finds everything wrong must not be asked without end.
            Stands(number, SpoolStage.Sent);
        }
        catch (IOException e)
        {
            Log.NotSent(log, e.Message);
        }
    }

    private void Stands(long number, SpoolStage stage)
    {
        lock (_lock)
        {
            _frames.Remove(number);
            _stands[number] = new(stage, Now);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A result can't be sent just now, and is tried again: {Problem}")]
        public static partial void NotSent(ILogger log, string problem);
    }
}
