using System.Threading.Channels;
using Agents.Contracts;
using Agents.Realtime.Groups.Delivery;
using Npgsql;

namespace Agents.Realtime.Groups.Log;

/// <summary>
/// What is said at the same time shares a commit: while one is under way the next ones gather. It is answered, and sent to who
/// is there, after the commit. One that is wrong fails alone.
/// </summary>
internal sealed partial class MessageLog(NpgsqlDataSource postgres, Rooms rooms, TimeProvider time, ILogger<MessageLog> log) : BackgroundService
{
    private const int MaxWaiting = 10_000;
    private const int MostInOne = 200;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });

    public async Task<Appended> AppendAsync(NewEntry entry, CancellationToken cancellationToken)
    {
        var waiting = new Waiting(entry);
        return _waiting.Writer.TryWrite(waiting)
            ? await waiting.Done.Task.WaitAsync(Limit, time, cancellationToken)
            : Appended.Refused(ErrorCode.TooMany, "More is said than can be kept just now. Say it again in a second.");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        List<Waiting> batch = [];
        while (await _waiting.Reader.WaitToReadAsync(stoppingToken).ConfigureAwait(false))
        {
            while (batch.Count < MostInOne && _waiting.Reader.TryRead(out var waiting))
            {
                batch.Add(waiting);
            }

            // What stands in the batch is stored also while we are told to stop: somebody waits for the answer.
            await StoreAsync(batch);
            batch.Clear();
        }
    }

    private async Task StoreAsync(List<Waiting> batch)
    {
        try
        {
            using var limit = new CancellationTokenSource(Limit, time);
            var written = await LogWriter.WriteAsync(postgres, [.. batch.Select(waiting => waiting.Entry)], time.GetUtcNow(), limit.Token);
            rooms.Told(written.Added);
            for (var n = 0; n < batch.Count; n++)
            {
                batch[n].Done.TrySetResult(written.Answers[n]);
            }
        }
        catch (Exception e) when (batch.Count > 1 && e is PostgresException)
        {
            Log.OneByOne(log, batch.Count, e.Message);
            foreach (var waiting in batch)
            {
                await StoreAsync([waiting]);
            }
        }
        catch (Exception e)
        {
            batch.ForEach(waiting => waiting.Done.TrySetException(e));
        }
    }

    private sealed record Waiting(NewEntry Entry)
    {
        public TaskCompletionSource<Appended> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Count} messages could not be stored together, and are tried one by one: {Reason}")]
        public static partial void OneByOne(ILogger log, int count, string reason);
    }
}
