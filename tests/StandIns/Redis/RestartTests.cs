using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

namespace Agents.Tests.StandIns.Redis;

public sealed class RestartTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ServerThatWasKilled_IsFoundAgain_WithItsSubscriptions()
    {
        RedisServer.Require();
        await using var server = new RedisServer();
        await server.InitializeAsync();
        await using var redis = await server.ConnectAsync(options => options.BacklogPolicy = BacklogPolicy.FailFast);
        var db = redis.GetDatabase();
        var queue = await redis.GetSubscriber().SubscribeAsync(RedisChannel.Literal("news"));
        await db.PingAsync();

        var lost = Both(handler => redis.ConnectionFailed += handler);
        await server.KillAsync();
        await lost.WaitAsync(Patience, Stop);
        await Assert.ThrowsAsync<RedisConnectionException>(() => db.StringGetAsync("x"));

        var restored = Both(handler => redis.ConnectionRestored += handler);
        await server.StartAsync();
        await restored.WaitAsync(Patience, Stop);

        await db.StringSetAsync("x", "y");
        Assert.Equal("y", (string?)await db.StringGetAsync("x"));
        await redis.GetSubscriber().PublishAsync(RedisChannel.Literal("news"), "back");
        Assert.Equal("back", (await queue.ReadAsync(Stop).AsTask().WaitAsync(Patience, Stop)).Message);
    }

    /// <summary>What is connected and never answered at its first words is noticed by nothing but the keep-alive, whose default is a minute.</summary>
    [Fact]
    public async Task ServerThatTakesAConnectionAndIsSilent_IsLeftAfterTheKeepAlive()
    {
        RedisServer.Require();
        await using var server = new RedisServer();
        await server.InitializeAsync();
        await using var redis = await server.ConnectAsync(options => options.KeepAlive = 3);
        await redis.GetDatabase().PingAsync();
        await redis.GetSubscriber().SubscribeAsync(RedisChannel.Literal("news"));

        var lost = Both(handler => redis.ConnectionFailed += handler);
        await server.KillAsync();
        await lost.WaitAsync(Patience, Stop);
        var silent = await SilenceAsync(server.Port);
        var restored = Both(handler => redis.ConnectionRestored += handler);
        await server.StartAsync();
        await restored.WaitAsync(TimeSpan.FromSeconds(20), Stop);
        foreach (var socket in silent)
        {
            socket.Dispose();
        }
    }

    /// <summary>Both of the client's connections, taken by somebody who says nothing.</summary>
    private static async Task<List<Socket>> SilenceAsync(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        List<Socket> silent = [];
        while (silent.Count < 2)
        {
            silent.Add(await listener.AcceptSocketAsync(Stop).AsTask().WaitAsync(Patience, Stop));
        }

        return silent;
    }

    /// <summary>Done when it has happened to the connection for commands and to the one for subscriptions.</summary>
    private static Task Both(Action<EventHandler<ConnectionFailedEventArgs>> subscribe)
    {
        var interactive = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var subscription = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        subscribe((_, happened) => (happened.ConnectionType is ConnectionType.Interactive ? interactive : subscription).TrySetResult());
        return Task.WhenAll(interactive.Task, subscription.Task);
    }
}
