using System.Diagnostics;
using Agents.Tests.App.Hosting;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Gateway;

[Collection(WholeApp.Name)]
public sealed class PartsThatDieTests(AgentsApp app)
{
    private static readonly TimeSpan BackLimit = TimeSpan.FromSeconds(30);

    [Fact(DisplayName = "A service that is down is 503 with 5003 and Retry-After, at once; and it comes back")]
    public async Task Down()
    {
        var person = (await app.PersonAsync("user")).Api;
        (await person.GetAsync("/api/v1/devices")).Is(200, 0);

        Kill("Agents.Registry.dll");
        var watch = Stopwatch.StartNew();
        var down = await person.GetAsync("/api/v1/devices");

        down.Is(503, 5003);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.NotNull(down.Headers.RetryAfter);
        (await person.GetAsync("/api/v1/auth/me")).Is(200, 0);
        await Eventually.TrueAsync(async () => (await person.GetAsync("/api/v1/devices")).Status is 200, BackLimit, "the registry is back");
    }

    [Fact(DisplayName = "While Identity is away the others go on with what they know, say so, and follow when it is back")]
    public async Task WithoutIdentity()
    {
        var (person, other) = (await app.PersonAsync("user"), await app.PersonAsync("user"));
        using var registry = app.App.CreateHttpClient("registry");
        var direct = new Api(registry, person.Api.Token);
        Assert.True((await direct.RawAsync(HttpMethod.Get, "/internal/whoami")).IsSuccessStatusCode);

        using (Stopped("Agents.Identity.dll"))
        {
            // A token that this service has never seen, too: it knows the key.
            Assert.True((await direct.With(other.Api.Token).RawAsync(HttpMethod.Get, "/internal/whoami")).IsSuccessStatusCode);
            Assert.Equal(401, (int)(await direct.With("a.b.c").RawAsync(HttpMethod.Get, "/internal/whoami")).StatusCode);
        }

        Kill("Agents.Identity.dll");
        Assert.True((await direct.RawAsync(HttpMethod.Get, "/internal/whoami")).IsSuccessStatusCode);
        await Eventually.TrueAsync(async () => await HealthAsync() is "Degraded", BackLimit, "the registry says that it is degraded");
        await Eventually.TrueAsync(async () => await HealthAsync() is "Healthy", BackLimit, "the registry is well again");
        (await person.Api.PostAsync("/api/v1/auth/logout")).Is(200, 0);
        await Eventually.TrueAsync(
            async () => !(await direct.RawAsync(HttpMethod.Get, "/internal/whoami")).IsSuccessStatusCode, TimeSpan.FromSeconds(5), "a revocation after the restart is followed");

        async Task<string> HealthAsync() => await (await direct.RawAsync(HttpMethod.Get, "/health")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    [Fact(DisplayName = "The health of each service is shown to who is signed in")]
    public async Task Health()
    {
        var health = await (await app.PersonAsync("viewer")).Api.GetAsync("/api/v1/system/health");

        Assert.Equal(
            ["gateway", "identity", "posts", "realtime", "registry", "scheduler"],
            health.Data.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString()!).Order());
        Assert.All(health.Data.GetProperty("items").EnumerateArray(), item => Assert.Equal("healthy", item.GetProperty("status").GetString()));
    }

    private static int Find(string program) =>
        ProcessTree.Below(Environment.ProcessId).Single(id => ProcessTree.CommandLine(id).Contains(program, StringComparison.Ordinal));

    private static void Kill(string program) => Process.GetProcessById(Find(program)).Kill();

    /// <summary>Stands still, with its connections open: the worse kind of being away.</summary>
    private static Continued Stopped(string program)
    {
        var id = Find(program);
        Signal("STOP", id);
        return new(id);
    }

    private static void Signal(string signal, int id)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{id}"]);
        Assert.True(kill.WaitForExit(TimeSpan.FromSeconds(5)));
    }

    private sealed class Continued(int id) : IDisposable
    {
        public void Dispose() => Signal("CONT", id);
    }
}
