using Agents.Contracts.Realtime;
using Agents.Realtime.Backplane;
using Agents.Realtime.Hub;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Agents.Realtime.Work;

/// <summary>What Scheduler has for holders: brought to those who are here, and passed on where another process has them.</summary>
internal static class OrdersApi
{
    public static void MapInternalOrders(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/internal/orders", DeliverAsync).RequireAuthorization(Policies.Service);

    private static async Task<Results<Ok<OrdersTaken>, Invalid>> DeliverAsync(
        OrderBatch batch, OrderDesk desk, Instance instance, IServiceProvider services)
    {
        if (batch.Items is not { Count: <= OrderBatch.MaxItems } items || items.Any(order => order?.Holder is null || order.Told() is null))
        {
            return new Invalid("items", $"must be at most {OrderBatch.MaxItems}, each for a holder and one of the kinds");
        }

        var relay = services.GetService<OrderRelay>();
        List<int> notHere = [];
        List<Order> elsewhere = [];
        for (var i = 0; i < items.Count; i++)
        {
            if (desk.TryHand(items[i]))
            {
                continue;
            }

            if (relay is not null && items[i].Instance is { Length: > 0 } other && other != instance.Id)
            {
                elsewhere.Add(items[i]);
            }
            else
            {
                notHere.Add(i);
            }
        }

        if (relay is not null)
        {
            await relay.PassAsync(elsewhere);
        }

        return TypedResults.Ok(new OrdersTaken(notHere));
    }
}

/// <summary>Hands an order to its holder, where that is connected here.</summary>
internal sealed class OrderDesk(Connections connections, Holders holders)
{
    public bool TryHand(Order order)
    {
        if (connections.Find(order.Holder) is not { IsClosing: false } connection
            || !(order.Submit is null ? Holders.SpeaksOfTasks(connection.Peer) : Holders.TakesTasks(connection.Peer)))
        {
            return false;
        }

        if (order.Submit is not null)
        {
            holders.HasWork(connection);
        }

        connection.Send(order.Told()!);
        return true;
    }
}
