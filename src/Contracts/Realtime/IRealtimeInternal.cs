using Refit;

namespace Agents.Contracts.Realtime;

/// <summary>What Scheduler asks of Realtime. Never routed by the gateway.</summary>
public interface IRealtimeInternal
{
    /// <summary>Brings orders to holders, those of another Realtime process by the backplane.</summary>
    [Post("/internal/orders")]
    Task<OrdersTaken> DeliverAsync([Body] OrderBatch batch, CancellationToken cancellationToken);
}

public sealed record OrderBatch(IReadOnlyList<Order> Items)
{
    public const int MaxItems = 1_000;
}

/// <summary>One thing to tell a holder: one of the three.</summary>
/// <param name="Instance">The Realtime process that the holder was last heard through.</param>
public sealed record Order(string Holder, string Instance, TaskOrder? Submit = null, TaskCancel? Cancel = null);

/// <param name="NotHere">Places in the batch of those whose holder is certainly not connected.</param>
public sealed record OrdersTaken(IReadOnlyList<int> NotHere);
