using System.Net.Sockets;
using System.Threading.Channels;
using Agents.Contracts.Realtime;
using Agents.Scheduler.Attempts;
using Microsoft.Extensions.Options;

namespace Agents.Scheduler.Dispatch;

/// <summary>
/// Brings to holders what they are to do. What is lost on the way is found again by its limit: an assignment that nobody
/// accepts, a cancel whose attempt is named once more.
/// </summary>
internal sealed partial class Delivery(
    IRealtimeInternal realtime, Fleet fleet, Requeue requeue, IOptions<WorkOptions> options, ILogger<Delivery> log) : BackgroundService
{
    private const int MaxWaiting = 20_000;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly Channel<Order> _waiting = Channel.CreateBounded<Order>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private bool _failing;

    public async ValueTask SendAsync(IReadOnlyList<Claimed> claimed, CancellationToken cancellationToken)
    {
        foreach (var task in claimed)
        {
            await _waiting.Writer.WriteAsync(
                new(task.Holder, fleet.InstanceOf(task.Holder) ?? "", Submit: task.ToOrder(options.Value.Lease)), cancellationToken);
        }
    }

    /// <summary>When too much waits it is left out: the holder names what it works on, and is told then.</summary>
    public void Cancel(string holder, Guid task, int attempt, int graceSeconds, string? reason = null)
    {
        if (!HolderKey.IsUnreachable(holder))
        {
            _waiting.Writer.TryWrite(new(holder, fleet.InstanceOf(holder) ?? "", Cancel: new(task.ToString(), attempt, graceSeconds, reason)));
        }
    }

    /// <summary>What is lost of it is told again when the holder is back, or asks once more.</summary>
    public void Answer(string holder, TaskAnswer answer) => _waiting.Writer.TryWrite(new(holder, fleet.InstanceOf(holder) ?? "", Answer: answer));

    public void Tell(string holder, TaskMessage message) => _waiting.Writer.TryWrite(new(holder, fleet.InstanceOf(holder) ?? "", Message: message));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        List<Order> batch = [];
        while (await _waiting.Reader.WaitToReadAsync(stoppingToken).ConfigureAwait(false))
        {
            while (batch.Count < OrderBatch.MaxItems && _waiting.Reader.TryRead(out var order))
            {
                batch.Add(order);
            }

            try
            {
                await DeliverAsync(batch, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Log.NotGivenBack(log, e.Message);
            }

            batch.Clear();
        }
    }

    private async Task DeliverAsync(List<Order> batch, CancellationToken cancellationToken)
    {
        List<Order> notHere = [];
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(Limit);
            var taken = await realtime.DeliverAsync(new([.. batch]), limit.Token);
            notHere = [.. taken.NotHere.Select(i => batch[i])];
            _failing = false;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            if (!_failing)
            {
                Log.NotDelivered(log, batch.Count, e.Message);
            }

            _failing = true;
            if (e is HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } })
            {
                // Nobody has seen them, so they need not wait for their limit.
                notHere = batch;
            }
        }

        fleet.Gone([.. notHere.Select(order => order.Holder).Distinct()]);
        var back = notHere.Where(order => order.Submit is not null).Select(order => (Guid.Parse(order.Submit!.TaskId), order.Submit.Attempt)).ToList();
        if (back.Count > 0)
        {
            await requeue.UndeliveredAsync(back, cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Count} orders could not be delivered; their limits bring them back: {Reason}")]
        public static partial void NotDelivered(ILogger log, int count, string reason);

        [LoggerMessage(LogLevel.Warning, "Undelivered tasks could not be given back at once; the accept limit does it: {Reason}")]
        public static partial void NotGivenBack(ILogger log, string reason);
    }
}
