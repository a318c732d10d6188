using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Posts;

/// <summary>What happens to who starts with another master key, or none.</summary>
[Collection(WholeApp.Name)]
public sealed class SecretKeyTests(AgentsApp app)
{
    [Fact(DisplayName = "With another master key it is said at the start and to whoever needs a secret, and what is written anew is there")]
    public async Task Another()
    {
        var admin = await app.AdminAsync();
        var machine = await Fleet.EnrolAsync(app, admin);
        var post = await admin.PostOfAsync(new { environment = SecretCalls.Environment(("A", "a")) });
        (await admin.PutAsync($"/api/v1/posts/{post}/secrets/a", new { value = "written before" })).Is(200, 0);
        var task = await machine.TakenAsync(admin, await Fleet.AgentAsync(admin, new { name = "one", post_id = post, device_id = machine.Id }));

        var port = ServiceProcess.FreePort();
        await using var posts = await ServiceProcess.StartAsync("Posts", port, [.. await EnvironmentAsync(port), ("AGENTS_MASTER_KEY", new string('n', 40))]);
        using var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}") };

        await Eventually.TrueAsync(() => Task.FromResult(posts.Said.Contains("AGENTS_MASTER_KEY does not open")), TimeSpan.FromSeconds(10), "it says so");
        var shut = await new Api(http, machine.Api.Token).SecretsAsync(task);
        shut.Is(500, 5000);
        Assert.Contains($"The secret a of the post {post} can't be opened", shut.Message);
        Assert.Contains("AGENTS_MASTER_KEY", shut.Message);
        Assert.Contains($"Attempt 1 of the task {task.Id} got no secrets", posts.Said);
        Assert.DoesNotContain("written before", posts.Said);

        (await new Api(http, admin.Token).PutAsync($"/api/v1/posts/{post}/secrets/a", new { value = "written anew" })).Is(200, 0);
        Assert.Equal("""{"environment":{"A":"written anew"}}""", (await new Api(http, machine.Api.Token).SecretsAsync(task)).Data.GetRawText());
        (await machine.Api.SecretsAsync(task)).Is(500, 5000);
        // For whoever starts after us with the right key again.
        (await admin.DeleteAsync($"/api/v1/posts/{post}/secrets/a")).Is(200, 0);
    }

    [Fact(DisplayName = "Without a master key, or with one that is too short, it does not start and says what to set")]
    public async Task None()
    {
        var environment = await EnvironmentAsync(ServiceProcess.FreePort());

        foreach (var key in new[] { "", "too short" })
        {
            Assert.Contains(
                "AGENTS_MASTER_KEY must be set, with at least 32 characters.", await ServiceProcess.FailsAsync("Posts", [.. environment, ("AGENTS_MASTER_KEY", key)]));
        }
    }

    private async Task<(string Name, string Value)[]> EnvironmentAsync(int port) =>
    [
        ("ASPNETCORE_URLS", $"http://127.0.0.1:{port}"), ("AGENTS_SERVICE_KEY", AgentsApp.ServiceKey),
        ("ConnectionStrings__postsdb", (await app.App.GetConnectionStringAsync("postsdb", TestContext.Current.CancellationToken))!),
        .. new[] { "identity", "registry", "scheduler" }.Select(service => ($"services__{service}__http__0", app.App.GetEndpoint(service).ToString())),
    ];
}
