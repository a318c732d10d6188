using Agents.Hosting.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Agents.Tests.App.Hosting;

public class TestingBuilderTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_applications_run_beside_each_other_and_leave_nothing()
    {
        var before = ProcessTree.Below(Environment.ProcessId);
        string folder;
        await using (var first = await StartAsync("--port", "8080"))
        await using (var second = await StartAsync("--port", "8080"))
        {
            using var one = first.CreateHttpClient("front");
            using var other = second.CreateHttpClient("front");
            Assert.Equal("ok", await one.GetStringAsync("health", Cancelled));
            Assert.Equal("ok", await other.GetStringAsync("health", Cancelled));
            Assert.NotEqual(one.BaseAddress, other.BaseAddress);
            Assert.Equal(first.GetEndpoint("front"), first.GetEndpoint("front", "http"));
            Assert.NotEqual(await first.GetConnectionStringAsync("appdb", Cancelled), await second.GetConnectionStringAsync("appdb", Cancelled));
            folder = first.Services.GetRequiredService<DataFolder>().Root;
            Assert.True(File.Exists(Path.Combine(folder, "logs", "front.log")));
        }

        await ProcessTree.GoneAsync(ProcessTree.Below(Environment.ProcessId).Except(before), TimeSpan.FromSeconds(5), Cancelled);
        Assert.False(Directory.Exists(folder));
        Assert.False(Directory.Exists(PostgresCluster.OutsideOf(folder)));
    }

    [Fact]
    public async Task A_resource_is_healthy_when_all_its_replicas_are()
    {
        await using var app = await StartAsync("--no-database", "--replicas", "3");

        var back = await app.ResourceNotifications.WaitForResourceHealthyAsync("back", Cancelled);

        Assert.Equal("back", back.ResourceId);
        var third = await app.ResourceNotifications.WaitForResourceAsync("back", change => change.ResourceId == "back-3", Cancelled);
        Assert.Equal(HealthStatus.Healthy, third.Snapshot.HealthStatus);
    }

    [Fact]
    public async Task What_stands_in_the_way_of_a_start_is_thrown()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.FixtureHost>(
            ["--no-database", "--unbuilt", "../Nowhere/Nowhere.csproj"], Cancelled);
        await using var app = await builder.BuildAsync(Cancelled);

        var refusal = await Assert.ThrowsAsync<DistributedApplicationException>(() => app.StartAsync(Cancelled));
        Assert.StartsWith("'unbuilt' is not built:", refusal.Message);
    }

    [Fact]
    public async Task What_fails_later_is_thrown_to_whoever_waits_for_it()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.FixtureHost>(Cancelled);
        builder.Configuration["ConnectionStrings:postgres"] = "Host=127.0.0.1;Port=1;Username=x;Password=y";
        await using var app = await builder.BuildAsync(Cancelled);
        await app.StartAsync(Cancelled);

        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(
            () => app.ResourceNotifications.WaitForResourceHealthyAsync("postgres", Cancelled));
        Assert.Contains("cannot be used", failure.Message);
    }

    [Fact]
    public async Task An_app_host_that_does_not_like_its_options_builds_nothing()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(["--bogus", "1"], Cancelled));

        Assert.Equal(0, Environment.ExitCode);
    }

    private static async Task<DistributedApplication> StartAsync(params string[] args)
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.FixtureHost>(args, Cancelled);
        var app = await builder.BuildAsync(Cancelled);
        await app.StartAsync(Cancelled);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        await app.ResourceNotifications.WaitForResourceHealthyAsync("front", limit.Token);
        return app;
    }
}
