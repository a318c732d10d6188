using System.Text.Json;

namespace Agents.Tests.App.Whole;

/// <summary>Two of each, with Redis between them, and registration open: an application of its own.</summary>
public sealed class ReplicasTests
{
    [Fact(DisplayName = "With two replicas each service is up twice, a session is known to both, and a revocation reaches both")]
    public async Task Replicas()
    {
        RedisServer.Required();
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            ["--replicas", "identity=2,realtime=2", "--open-registration", "true", "--no-local-device"], TestContext.Current.CancellationToken);
        await using var app = await builder.BuildAsync(TestContext.Current.CancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        await app.StartAsync(limit.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("gateway", limit.Token);
        using var http = app.CreateHttpClient("gateway");
        var api = new Api(http);

        (await api.PostAsync("/api/v1/auth/register", new { email = "zoë@test.example", password = Person.Password })).Is(200, 0);
        var login = await api.PostAsync("/api/v1/auth/login", new { email = "Zoë@test.example", password = Person.Password });
        var me = api.With(login.Text("access_token"));
        var health = await me.GetAsync("/api/v1/system/health");
        for (var i = 0; i < 6; i++)
        {
            // The replicas take turns, so each has answered some of these.
            (await me.GetAsync("/api/v1/auth/me")).Is(200, 0);
        }

        Assert.Equal(2, ReplicasOf(health.Data, "identity"));
        Assert.Equal(2, ReplicasOf(health.Data, "realtime"));
        Assert.Equal(1, ReplicasOf(health.Data, "registry"));
        (await me.PostAsync("/api/v1/auth/logout")).Is(200, 0);
        await Eventually.TrueAsync(
            async () => (await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => me.GetAsync("/api/v1/auth/me")))).All(answer => answer.Code is 1002),
            TimeSpan.FromSeconds(5),
            "both refuse the token");
    }

    private static int ReplicasOf(JsonElement health, string name) =>
        health.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("name").GetString() == name).GetProperty("replicas").GetArrayLength();
}
