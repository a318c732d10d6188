using System.Security.Cryptography;

namespace Agents.Tests.StandIns.Redis;

/// <summary>With TLS the client reads and writes a stream, not a socket.</summary>
public sealed class TlsTests
{
    [Fact]
    public async Task EncryptedConnection_CarriesLoadAndLargeValues()
    {
        RedisServer.Require();
        await using var server = new RedisServer { Tls = true };
        await server.InitializeAsync();
        await using var redis = await server.ConnectAsync();
        var db = redis.GetDatabase();
        var big = RandomNumberGenerator.GetBytes(10_000_000);

        await Parallel.ForAsync(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (way, _) =>
        {
            for (var i = 0; i < 50; i++)
            {
                await db.StringSetAsync($"{way}", i);
                Assert.Equal(i, (int)await db.StringGetAsync($"{way}"));
            }
        }).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        await db.StringSetAsync("big", big);

        Assert.Equal(SHA256.HashData(big), SHA256.HashData(((byte[]?)await db.StringGetAsync("big"))!));
    }
}
