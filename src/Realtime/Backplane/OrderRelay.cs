using System.Text.Json;
using Agents.Contracts;
using Agents.Realtime.Work;
using StackExchange.Redis;
using Order = Agents.Contracts.Realtime.Order;

namespace Agents.Realtime.Backplane;

/// <summary>
/// Passes orders on to the process that has their holder. What is lost on the way is found again by its limit, as with
/// any delivery.
/// </summary>
internal sealed partial class OrderRelay(IConnectionMultiplexer redis, OrderDesk desk, Instance instance, TimeProvider time, ILogger<OrderRelay> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task PassAsync(IEnumerable<Order> orders)
    {
        try
        {
            foreach (var there in orders.GroupBy(order => order.Instance))
            {
                await redis.GetSubscriber().PublishAsync(ChannelOf(there.Key), JsonSerializer.Serialize(there.ToList(), WireJson.Options));
            }
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            Log.NotPassed(log, e.Message);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await redis.GetSubscriber().SubscribeAsync(ChannelOf(instance.Id), (_, orders) => Take(orders));
                return;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Log.NotPassed(log, e.Message);
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Take(RedisValue orders)
    {
        foreach (var order in JsonSerializer.Deserialize<List<Order>>((string)orders!, WireJson.Options) ?? [])
        {
            desk.TryHand(order);
        }
    }

    private static RedisChannel ChannelOf(string instance) => RedisChannel.Literal($"realtime:orders:{instance}");

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Orders can't be passed between processes just now: {Reason}")]
        public static partial void NotPassed(ILogger log, string reason);
    }
}
