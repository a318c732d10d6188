using System.Diagnostics;

namespace Agents.Tests.App.Hosting;

/// <summary>Each way to PostgreSQL that a machine without a container runtime allows.</summary>
public sealed class PostgresWaysTests : IDisposable
{
    private readonly DataPath _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task The_server_that_npm_brings()
    {
        await using (var first = FixtureApp.Start(_data, [("AGENTS_POSTGRES", "embedded")], []))
        {
            Assert.Equal(1, await first.CountAsync(await first.ReadyAsync()));
            Assert.Contains(first.Children(), id => ProcessTree.CommandLine(id).Contains("@embedded-postgres"));
        }

        // The second start finds what the first fetched, also without being told which way to take.
        await using var second = FixtureApp.Start(_data);
        Assert.Equal(2, await second.CountAsync(await second.ReadyAsync()));
        Assert.Contains(second.Children(), id => ProcessTree.CommandLine(id).Contains("@embedded-postgres"));
    }

    [Fact]
    public async Task A_server_that_is_given()
    {
        await using var owner = FixtureApp.Start(_data);
        var front = await owner.ReadyAsync();
        var given = (await FixtureApp.EnvironmentAsync(await FixtureApp.BackAsync(front)))["ConnectionStrings__appdb"]
            .Replace("appdb", "postgres");

        using var other = new DataPath();
        await using var guest = FixtureApp.Start(other, [("ConnectionStrings__postgres", given)], []);
        Assert.Equal(1, await guest.CountAsync(await guest.ReadyAsync()));
        Assert.Equal(2, await owner.CountAsync(front));
        Assert.DoesNotContain(guest.Children(), id => ProcessTree.CommandLine(id).Contains("postgres"));
    }

    [Fact]
    public async Task As_root_where_the_servers_user_cannot_pass()
    {
        Assert.SkipWhen(!Environment.IsPrivilegedProcess, "only root has folders that PostgreSQL's user cannot reach");
        using var closed = new DataPath();
        Directory.CreateDirectory(closed.Path);
        await Process.Start("chmod", ["700", closed.Path]).WaitForExitAsync(TestContext.Current.CancellationToken);
        using var inside = new DataPath { Path = Path.Combine(closed.Path, "data") };

        await using (var first = FixtureApp.Start(inside))
        {
            Assert.Equal(1, await first.CountAsync(await first.ReadyAsync()));
        }

        Assert.StartsWith("/var/tmp/agents-", inside.PostgresHome);
        await using var second = FixtureApp.Start(inside);
        Assert.Equal(2, await second.CountAsync(await second.ReadyAsync()));
    }

    [Theory]
    [InlineData("local")]
    [InlineData("embedded")]
    public async Task As_a_plain_user(string way)
    {
        Assert.SkipWhen(!Environment.IsPrivilegedProcess, "this run is a plain user's: the other tests tell the same");
        Directory.CreateDirectory(_data.Path);
        await Process.Start("chown", ["65534:65534", _data.Path]).WaitForExitAsync(TestContext.Current.CancellationToken);
        await using var app = FixtureApp.Start(
            _data, [("AGENTS_POSTGRES", way), ("HOME", _data.Path)], [], "setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "--");

        Assert.Equal(1, await app.CountAsync(await app.ReadyAsync()));
        Assert.All(app.Children(), id => Assert.Equal("65534", File.ReadLines($"/proc/{id}/status").First(l => l.StartsWith("Uid:")).Split('\t')[1]));
    }
}
