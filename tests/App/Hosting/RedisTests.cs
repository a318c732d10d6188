using System.Net.Sockets;
using System.Text;

namespace Agents.Tests.App.Hosting;

public sealed class RedisTests : IDisposable
{
    private readonly DataPath _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task The_machines_own_server_is_started_for_replicas_and_wants_its_password()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(p => File.Exists(Path.Combine(p, "redis-server"))),
            "REDIS IS MISSING, so its test did not run: apt-get install -y redis-server");
        await using var app = FixtureApp.Start(_data, "--no-database", "--with-redis", "--replicas", "2");
        var back = await FixtureApp.EnvironmentAsync(await FixtureApp.BackAsync(await app.ReadyAsync()));
        var given = back["ConnectionStrings__redis"].Split(",password=");

        Assert.Equal("-NOAUTH Authentication required.\r\n", await AskAsync(given[0], "PING\r\n"));
        Assert.Equal("+OK\r\n", await AskAsync(given[0], $"AUTH {given[1]}\r\n"));
        Assert.DoesNotContain(app.Children(), id => ProcessTree.CommandLine(id).Contains(given[1]));
    }

    private static async Task<string> AskAsync(string address, string question)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Split(':')[0], int.Parse(address.Split(':')[1]), TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(question), TestContext.Current.CancellationToken);
        var answer = new byte[200];
        return Encoding.ASCII.GetString(answer, 0, await client.GetStream().ReadAsync(answer, TestContext.Current.CancellationToken));
    }
}
