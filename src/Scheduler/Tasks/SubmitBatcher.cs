using System.Threading.Channels;
using Npgsql;

namespace Agents.Scheduler.Tasks;

/// <summary>
/// Submits that come at the same time share a commit: while one is under way the next ones gather. One that is wrong
/// fails alone.
/// </summary>
internal sealed partial class SubmitBatcher(NpgsqlDataSource postgres, SubmitWriter writer, AfterSubmit after, TimeProvider time, ILogger<SubmitBatcher> log)
    : BackgroundService
{
    private const int MaxWaiting = 20_000;
    private const int MostInOne = 500;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    private readonly Channel<Entry> _waiting = Channel.CreateBounded<Entry>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });

    /// <summary>Null: too many wait already. An answer is given after the commit.</summary>
    public async Task<Submitted[]?> SubmitAsync(IReadOnlyList<NewTask> tasks, CancellationToken cancellationToken)
    {
        var entry = new Entry(tasks);
        if (!_waiting.Writer.TryWrite(entry))
        {
            return null;
        }

        return await entry.Done.Task.WaitAsync(Limit, time, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        List<Entry> batch = [];
        while (await _waiting.Reader.WaitToReadAsync(stoppingToken).ConfigureAwait(false))
        {
            var count = 0;
            while (count < MostInOne && _waiting.Reader.TryRead(out var entry))
            {
                batch.Add(entry);
                count += entry.Tasks.Count;
            }

            // What stands in the batch is stored also while we are told to stop: somebody waits for the answer.
            await StoreAsync(batch);
            batch.Clear();
        }
    }

    private async Task StoreAsync(List<Entry> batch)
    {
        try
        {
            using var limit = new CancellationTokenSource(Limit, time);
            List<NewTask> tasks = [.. batch.SelectMany(entry => entry.Tasks)];
            await writer.FindLanesAsync(tasks, limit.Token);
            Submitted[] submitted;
            await using (var connection = await postgres.OpenConnectionAsync(limit.Token))
            {
                submitted = await writer.StoreAsync(connection, tasks, limit.Token);
            }

            after.Stored(tasks, submitted);
            var at = 0;
            foreach (var entry in batch)
            {
                entry.Done.TrySetResult(submitted[at..(at += entry.Tasks.Count)]);
            }
        }
        catch (Exception e) when (batch.Count > 1 && e is PostgresException)
        {
            Log.OneByOne(log, batch.Count, e.Message);
            foreach (var entry in batch)
            {
                await StoreAsync([entry]);
            }
        }
        catch (Exception e)
        {
            batch.ForEach(entry => entry.Done.TrySetException(e));
        }
    }

    private sealed record Entry(IReadOnlyList<NewTask> Tasks)
    {
        public TaskCompletionSource<Submitted[]> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Count} submits could not be stored together, and are tried one by one: {Reason}")]
        public static partial void OneByOne(ILogger log, int count, string reason);
    }
}
