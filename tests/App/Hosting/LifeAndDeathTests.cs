namespace Agents.Tests.App.Hosting;

public sealed class LifeAndDeathTests : IDisposable
{
    private readonly DataPath _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Killed_outright_it_leaves_no_process()
    {
        await using var app = FixtureApp.Start(_data);
        await app.ReadyAsync();
        var children = app.Children();
        Assert.Contains(children, id => ProcessTree.CommandLine(id).Contains("postgres"));
        Assert.Equal(2, children.Count(id => ProcessTree.CommandLine(id).Contains("FixtureWeb.dll")));

        app.Signal("KILL");

        await ProcessTree.GoneAsync(children, TimeSpan.FromSeconds(15), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Killed_while_it_starts_it_leaves_no_process()
    {
        await using var app = FixtureApp.Start(_data);
        await app.LineAsync("postgres is healthy");
        var children = app.Children();

        app.Signal("KILL");

        await ProcessTree.GoneAsync(children, TimeSpan.FromSeconds(15), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Dotnet_run_killed_outright_takes_everything_along()
    {
        await using var app = FixtureApp.StartByRun(_data);
        await app.ReadyAsync();
        var everything = app.Children();
        Assert.Contains(everything, id => ProcessTree.CommandLine(id).Contains("postgres"));

        app.Signal("KILL");

        await ProcessTree.GoneAsync(everything, TimeSpan.FromSeconds(15), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_child_that_dies_is_started_again()
    {
        await using var app = FixtureApp.Start(_data, "--no-database");
        var back = await FixtureApp.BackAsync(await app.ReadyAsync());
        var before = await FixtureApp.ProcessIdAsync(back);

        System.Diagnostics.Process.GetProcessById(before).Kill();

        await app.LineAsync(@"back ended with exit code 137.*starting again in 0\.5 s");
        await app.LineAsync("back is healthy");
        Assert.NotEqual(before, await FixtureApp.ProcessIdAsync(back));
    }

    [Fact]
    public async Task A_child_that_always_dies_is_given_longer_pauses_and_the_rest_runs()
    {
        await using var app = FixtureApp.Start(_data, "--no-database", "--dies", "no luck today");

        await app.LineAsync(@"mortal ended with exit code 3: no luck today; starting again in 0\.5 s");
        await app.LineAsync(@"mortal ended with exit code 3: no luck today; starting again in 1 s");
        await app.LineAsync(@"mortal ended with exit code 3: no luck today; starting again in 2 s");
        Assert.Contains("Fixture is ready", app.Output);
    }

    [Fact]
    public async Task Told_to_stop_it_ends_within_ten_seconds_whoever_does_not_listen()
    {
        await using var app = FixtureApp.Start(_data, "--deaf");
        await app.ReadyAsync();
        var children = app.Children();

        app.Signal("TERM");

        await app.ExitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(0, app.ExitCode);
        Assert.DoesNotContain(children, ProcessTree.IsAlive);
    }

    [Fact]
    public async Task Ctrl_C_ends_it()
    {
        await using var app = FixtureApp.Start(_data, "--no-database");
        await app.ReadyAsync();

        app.Signal("INT");

        await app.ExitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(0, app.ExitCode);
    }

    [Fact]
    public async Task A_script_that_started_it_in_the_background_can_stop_it()
    {
        // Such a shell makes its children ignore Ctrl+C, which is meant for what runs in the foreground.
        await using var app = FixtureApp.Start(_data, [], ["--no-database"], "sh", "-c", "trap '' INT; exec \"$@\"", "sh");
        await app.ReadyAsync();

        app.Signal("TERM");

        await app.ExitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Its_services_get_what_they_need_and_nothing_of_the_hosts()
    {
        (string, string)[] environment = [("AGENTS_MASTER_KEY", "secret"), ("ConnectionStrings__other", "secret"), ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1")];
        await using var app = FixtureApp.Start(_data, environment, ["--replicas", "2"]);
        var front = await FixtureApp.EnvironmentAsync(await app.ReadyAsync());
        var back = await FixtureApp.EnvironmentAsync(new Uri(front["services__back__http__1"]));

        Assert.Equal("front", front["OTEL_SERVICE_NAME"]);
        Assert.Equal("service.instance.id=back-2", back["OTEL_RESOURCE_ATTRIBUTES"]);
        Assert.Equal("http://127.0.0.1:1", back["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        Assert.Equal(front["services__back__http__1"], $"http://127.0.0.1:{back["HTTP_PORTS"]}");
        Assert.Contains("Database=appdb", back["ConnectionStrings__appdb"]);
        Assert.DoesNotContain("ConnectionStrings__appdb", front.Keys);
        Assert.DoesNotContain("AGENTS_MASTER_KEY", back.Keys);
        Assert.DoesNotContain("ConnectionStrings__other", back.Keys);
    }
}
