using Agents.Contracts;
using Agents.Contracts.Realtime;
using Agents.Contracts.Scheduler;
using Agents.Realtime.Hub;

namespace Agents.Realtime.Work;

/// <summary>
/// Brings to Scheduler what holders say, and its answers back. One report is under way at a time, and what comes meanwhile
/// makes up the next one: so order holds, and nothing waits for a clock. A report that failed comes again as it was.
/// </summary>
internal sealed partial class WordPipe(
    WordQueue queue, Holders holders, Connections connections, ISchedulerInternal scheduler, Instance instance, TimeProvider time, ILogger<WordPipe> log)
    : BackgroundService
{
    private const int GraceSeconds = 10;

    private static readonly TimeSpan LeaseEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private long _leasedAt;
    private long _reportedAt;

    public void Joined(Connection connection)
    {
        if (connection.Peer is DevicePeer or AgentPeer)
        {
            queue.Turn(new(WordKind.Here, connection.Peer.Key, connection.Id, TakesTasks: Holders.TakesTasks(connection.Peer)));
        }
    }

    public void Left(Connection connection)
    {
        if (connection.Peer is DevicePeer or AgentPeer)
        {
            holders.Left(connection);
            queue.Turn(new(WordKind.Gone, connection.Peer.Key, connection.Id));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The first report says that we live.
        _reportedAt = time.GetTimestamp() - (2 * time.TimestampFrequency * (long)WordReport.Beat.TotalSeconds);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var left = WordReport.Beat - time.GetElapsedTime(_reportedAt);
                if (left > TimeSpan.Zero)
                {
                    await queue.WaitAsync(left, stoppingToken);
                }

                LeaseForSilent();
                await ReportAsync(queue.Take(WordReport.MaxWords), stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Log.RoundFailed(log, e);
            }
        }
    }

    private void LeaseForSilent()
    {
        if (time.GetElapsedTime(_leasedAt) > LeaseEvery)
        {
            _leasedAt = time.GetTimestamp();
            foreach (var connection in holders.Silent())
            {
                queue.Lease(new(WordKind.Lease, connection.Peer.Key, connection.Id));
            }
        }
    }

    private async Task ReportAsync(List<HolderWord> words, CancellationToken stoppingToken)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                limit.CancelAfter(AnswerLimit);
                var answers = await scheduler.ReportAsync(new(instance.Id, words), limit.Token);
                _reportedAt = time.GetTimestamp();
                if (queue.IsStuck)
                {
                    queue.IsStuck = false;
                    Log.Back(log, queue.Dropped);
                    // It may know nothing of those who came while it was away.
                    foreach (var connection in holders.All)
                    {
                        Joined(connection);
                    }
                }

                answers.Items.ToList().ForEach(Answer);
                return;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                if (!queue.IsStuck)
                {
                    Log.NotTaken(log, words.Count, e.Message);
                }

                queue.IsStuck = true;
                await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Answer(WordAnswer answer)
    {
        try
        {
            connections.Find(answer.Holder)?.Send(
                answer.Fault is { } fault ? new ErrorPayload((int)ErrorCode.Invalid, fault, answer.Ref)
                : answer.Accepted is { } accepted ? new TaskAck(answer.TaskId, answer.Attempt, accepted, answer.Reason)
                : new TaskCancel(answer.TaskId, answer.Attempt, GraceSeconds));
        }
        catch (Exception e)
        {
            // The report was taken: it must not come again for one who can't be told. He says the same again himself.
            Log.NotAnswered(log, answer.Holder, e.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Scheduler takes no words just now; {Count} and all after them wait: {Reason}")]
        public static partial void NotTaken(ILogger log, int count, string reason);

        [LoggerMessage(LogLevel.Information, "Scheduler takes words again; {Dropped} of progress were left out so far")]
        public static partial void Back(ILogger log, long dropped);

        [LoggerMessage(LogLevel.Warning, "{Holder} could not be answered: {Reason}")]
        public static partial void NotAnswered(ILogger log, string holder, string reason);

        [LoggerMessage(LogLevel.Error, "A round of words failed; the next one comes")]
        public static partial void RoundFailed(ILogger log, Exception exception);
    }
}
