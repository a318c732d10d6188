using System.Threading.Channels;
using Npgsql;

namespace Agents.ServiceDefaults.Data;

/// <summary>
/// What comes at the same time shares a commit: while one is under way the next ones gather. It is answered after the commit. One
/// that is wrong fails alone.
/// </summary>
/// <param name="weigh">How much an item is of what one commit holds.</param>
public abstract partial class CommitBatcher<TItem, TAnswer>(int mostWaiting, int mostInOne, Func<TItem, int> weigh, TimeProvider time, ILogger log) : BackgroundService
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(mostWaiting) { SingleReader = true });

    protected TimeProvider Time { get; } = time;

    /// <summary>Null: too many wait already.</summary>
    protected Task<TAnswer>? Put(TItem item, CancellationToken cancellationToken)
    {
        var waiting = new Waiting(item);
        return _waiting.Writer.TryWrite(waiting) ? waiting.Done.Task.WaitAsync(Limit, Time, cancellationToken) : null;
    }

    /// <returns>An answer to each, after the commit.</returns>
    protected abstract Task<IReadOnlyList<TAnswer>> StoreAsync(IReadOnlyList<TItem> batch, CancellationToken cancellationToken);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        List<Waiting> batch = [];
        while (await _waiting.Reader.WaitToReadAsync(stoppingToken).ConfigureAwait(false))
        {
            for (var weight = 0; weight < mostInOne && _waiting.Reader.TryRead(out var waiting);)
            {
                batch.Add(waiting);
                weight += weigh(waiting.Item);
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
            using var limit = new CancellationTokenSource(Limit, Time);
            var answers = await StoreAsync([.. batch.Select(waiting => waiting.Item)], limit.Token);
            foreach (var (waiting, answer) in batch.Zip(answers))
            {
                waiting.Done.TrySetResult(answer);
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

    private sealed record Waiting(TItem Item)
    {
        public TaskCompletionSource<TAnswer> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Count} that came together could not be stored together, and are tried one by one: {Reason}")]
        public static partial void OneByOne(ILogger log, int count, string reason);
    }
}
