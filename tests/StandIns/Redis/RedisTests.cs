using System.Security.Cryptography;
using StackExchange.Redis;

namespace Agents.Tests.StandIns.Redis;

/// <summary>The genuine client over our sockets, against a genuine server.</summary>
public sealed class RedisTests(RedisServer server) : IClassFixture<RedisServer>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Load_64Ways_EveryAnswerReachesItsOwnQuestion()
    {
        RedisServer.Require();
        await using var redis = await server.ConnectAsync();
        var db = redis.GetDatabase();

        await Parallel.ForAsync(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = Stop }, async (way, _) =>
        {
            for (var i = 0; i < 500; i++)
            {
                var key = $"load:{way}:{i}";
                await db.StringSetAsync(key, $"{way}-{i}");
                Assert.Equal($"{way}-{i}", (string?)await db.StringGetAsync(key));
                await db.StringIncrementAsync("load:count");
            }
        }).WaitAsync(Patience, Stop);

        Assert.Equal(64 * 500, (int)await db.StringGetAsync("load:count"));
    }

    [Fact]
    public async Task Values_OfTenMegabytes_ComeBackByteForByte()
    {
        RedisServer.Require();
        await using var redis = await server.ConnectAsync();
        var db = redis.GetDatabase();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            var value = RandomNumberGenerator.GetBytes(10_000_000);
            await db.StringSetAsync($"big:{i}", value);
            var back = (byte[]?)await db.StringGetAsync($"big:{i}");
            Assert.Equal(SHA256.HashData(value), SHA256.HashData(back!));
        })).WaitAsync(Patience, Stop);
    }

    [Fact]
    public async Task Lists_OfAHundredThousand_ComeBackInOrder()
    {
        RedisServer.Require();
        await using var redis = await server.ConnectAsync();
        var db = redis.GetDatabase();
        RedisValue[] values = [.. Enumerable.Range(0, 100_000).Select(i => (RedisValue)i)];

        await db.ListRightPushAsync("list", values);

        Assert.Equal(values, await db.ListRangeAsync("list"));
        Assert.Equal(values[..10], await db.ListRangeAsync("list", 0, 9));
    }

    [Fact]
    public async Task KilledConnections_AreMadeAnew_AndNoAnswerIsMixedUp()
    {
        RedisServer.Require();
        await using var redis = await server.ConnectAsync();
        await using var killer = await server.ConnectAsync();
        var db = redis.GetDatabase();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        using var answered = new SemaphoreSlim(0);
        var failed = 0;

        var work = Enumerable.Range(0, 32).Select(async way =>
        {
            for (var i = 0; !over.IsCancellationRequested; i++)
            {
                try
                {
                    await db.StringSetAsync($"kill:{way}", i);
                    Assert.Equal(i, (int)await db.StringGetAsync($"kill:{way}"));
                    answered.Release();
                }
                catch (Exception lost) when (lost is RedisConnectionException or RedisTimeoutException)
                {
                    Interlocked.Increment(ref failed);
                }
            }
        }).ToList();

        for (var kill = 0; kill < 20; kill++)
        {
            await killer.GetServers().Single().ClientKillAsync(skipMe: true, clientType: ClientType.Normal);
            for (var answer = 0; answer < 200; answer++)
            {
                Assert.True(await answered.WaitAsync(Patience, Stop), $"Nothing answers after kill {kill}.");
            }
        }

        await over.CancelAsync();
        await Task.WhenAll(work).WaitAsync(Patience, Stop);
        Assert.True(failed > 0, "Nothing was lost, so nothing was killed.");
        Assert.True(redis.IsConnected);
    }

    [Fact]
    public async Task Messages_AreSeenByAll_InOrder()
    {
        RedisServer.Require();
        await using var sender = await server.ConnectAsync();
        await using var receiver = await server.ConnectAsync();
        var queue = await receiver.GetSubscriber().SubscribeAsync(RedisChannel.Literal("news"));

        for (var i = 0; i < 1_000; i++)
        {
            await sender.GetSubscriber().PublishAsync(RedisChannel.Literal("news"), i);
        }

        for (var i = 0; i < 1_000; i++)
        {
            Assert.Equal(i, (int)(await queue.ReadAsync(Stop).AsTask().WaitAsync(Patience, Stop)).Message);
        }
    }

    [Fact]
    public async Task ScriptsAndTransactions_RunAsOne()
    {
        RedisServer.Require();
        await using var redis = await server.ConnectAsync();
        var db = redis.GetDatabase();

        var answer = (RedisResult[]?)await db.ScriptEvaluateAsync("return {KEYS[1], {ARGV[1], 7, {ok='fine'}}, false}", ["k"], ["v"]);
        Assert.Equal("k", (string?)answer![0]);
        Assert.Equal(["v", "7", "fine"], ((string[]?)answer[1])!);
        Assert.True(answer[2].IsNull);

        await db.StringSetAsync("version", 1);
        Assert.True(await CommitIf(1));
        Assert.False(await CommitIf(1));
        Assert.Equal(2, (int)await db.StringGetAsync("version"));

        async Task<bool> CommitIf(int version)
        {
            var transaction = db.CreateTransaction();
            transaction.AddCondition(Condition.StringEqual("version", version));
            _ = transaction.StringIncrementAsync("version");
            return await transaction.ExecuteAsync();
        }
    }

    [Fact]
    public async Task Streams_WithGroups_GiveEachEntryOnce()
    {
        RedisServer.Require();
        await using var redis = await server.ConnectAsync();
        var db = redis.GetDatabase();
        await db.StreamCreateConsumerGroupAsync("stream", "group", "0-0", createStream: true);
        for (var i = 0; i < 100; i++)
        {
            await db.StreamAddAsync("stream", "n", i);
        }

        var first = await db.StreamReadGroupAsync("stream", "group", "one", ">", 60);
        var second = await db.StreamReadGroupAsync("stream", "group", "two", ">", 60);

        Assert.Equal(Enumerable.Range(0, 100), first.Concat(second).Select(entry => (int)entry["n"]));
        Assert.Equal(100, (await db.StreamPendingAsync("stream", "group")).PendingMessageCount);
    }
}
