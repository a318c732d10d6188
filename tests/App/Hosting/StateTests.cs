namespace Agents.Tests.App.Hosting;

public sealed class StateTests : IDisposable
{
    private readonly DataPath _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task State_survives_a_restart_and_a_crash()
    {
        await using (var first = FixtureApp.Start(_data))
        {
            Assert.Equal(1, await first.CountAsync(await first.ReadyAsync()));
        }

        await using (var second = FixtureApp.Start(_data))
        {
            Assert.Equal(2, await second.CountAsync(await second.ReadyAsync()));
            second.Signal("KILL");
            await second.ExitAsync();
        }

        // At once: the old server is still going down, and the new one waits for that.
        await using var third = FixtureApp.Start(_data);
        Assert.Equal(3, await third.CountAsync(await third.ReadyAsync()));
    }

    [Fact]
    public async Task A_server_that_is_killed_comes_back_with_its_data()
    {
        await using var app = FixtureApp.Start(_data);
        var front = await app.ReadyAsync();
        Assert.Equal(1, await app.CountAsync(front));
        var server = app.Children().First(id => ProcessTree.CommandLine(id).Contains("postgres -D"));

        System.Diagnostics.Process.GetProcessById(server).Kill();

        await app.LineAsync(@"postgres ended with exit code 137.*starting again in 0\.5 s");
        await app.LineAsync("postgres is healthy");
        Assert.Equal(2, await app.CountAsync(front));
    }

    [Fact]
    public async Task The_number_of_a_dead_server_that_is_another_programs_by_now_is_no_hindrance()
    {
        await using (var first = FixtureApp.Start(_data))
        {
            Assert.Equal(1, await first.CountAsync(await first.ReadyAsync()));
        }

        var file = Path.Combine(_data.PostgresHome, "data", "postmaster.pid");
        await File.WriteAllTextAsync(file, $"{Environment.ProcessId}\n{Path.GetDirectoryName(file)}\n1\n5432\n\n127.0.0.1\n", TestContext.Current.CancellationToken);
        await using var second = FixtureApp.Start(_data);
        Assert.Equal(2, await second.CountAsync(await second.ReadyAsync()));
    }
}
