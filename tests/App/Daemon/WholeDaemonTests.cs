using System.Text.Json;
using Agents.Tests.App.Posts;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Daemon;

/// <summary>The daemon and the whole application, from enrolment to deletion.</summary>
[Collection(WholeApp.Name)]
public sealed class WholeDaemonTests(AgentsApp app)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly string _device = $"box-{Guid.NewGuid():N}"[..16];

    private string Server => app.App.GetEndpoint("gateway").ToString().TrimEnd('/');

    [Fact(DisplayName = "A device is online while its daemon runs and carries its agents; deleted it is refused, and enrolled again it is back")]
    public async Task Life()
    {
        await using var ccc = new Ccc();
        var admin = await app.AdminAsync();
        await EnrolAsync(ccc, admin);
        var agent = (await admin.PostAsync("/api/v1/agents", new { name = $"a-{_device}", type = "claude", device_id = _device })).Text("id");
        ccc.WriteConfig("agent: {collect_interval: 1}\nlabels: {site: cellar}");
        var daemon = ccc.Start("daemon");

        await Eventually.TrueAsync(async () => (await admin.GetAsync($"/api/v1/devices/{_device}")).Text("status") is "online", Limit, "it is online");
        await Eventually.TrueAsync(async () => (await admin.GetAsync($"/api/v1/agents/{agent}")).Data.GetProperty("online").GetBoolean(), Limit, "its agent is online");
        Assert.Equal(agent, (await ccc.RunAsync("status", "--json")).Is(0).Json.GetProperty("daemon").GetProperty("agents")[0].GetProperty("id").GetString());
        await Eventually.TrueAsync(
            async () => (await admin.GetAsync($"/api/v1/devices/{_device}")).Data.GetProperty("labels").TryGetProperty("site", out _), Limit, "the server knows the new label");
        (await admin.DeleteAsync($"/api/v1/devices/{_device}")).Is(200, 0);
        await StateIsAsync(ccc, "refused");

        await EnrolAsync(ccc, admin);
        await StateIsAsync(ccc, "connected");

        await daemon.TerminateAsync();
        (await daemon.EndedAsync(Limit)).Is(0);
        await Eventually.TrueAsync(async () => (await admin.GetAsync($"/api/v1/devices/{_device}")).Text("status") is "offline", Limit, "it is offline");
    }

    [Fact(DisplayName = "A daemon carries as many agents as a device may have, however much there is to say of each, and hears of it when one changes")]
    public async Task Crowd()
    {
        await using var ccc = new Ccc();
        var admin = await app.AdminAsync();
        await EnrolAsync(ccc, admin);
        var capabilities = Enumerable.Range(0, 30).Select(n => $"{n}{new string('x', 60)}").ToList();
        var agents = new List<string>();
        for (var n = 0; n < 200; n++)
        {
            var made = await admin.PostAsync("/api/v1/agents", new { name = $"a{n}", capabilities, device_id = _device });
            made.Is(201, 0);
            agents.Add(made.Text("id"));
        }

        ccc.Start("daemon");
        await StateIsAsync(ccc, "connected");
        await CarriesAsync("a0");
        (await admin.PatchAsync($"/api/v1/agents/{agents[0]}", new { name = "renamed" })).Is(200, 0);
        await CarriesAsync("renamed");
        await Eventually.TrueAsync(
            async () => (await admin.GetAsync($"/api/v1/agents?device_id={_device}&online=true&page_size=1")).Data.GetProperty("total").GetInt32() == 200, Limit, "all are online");

        Task CarriesAsync(string name) => Eventually.TrueAsync(
            async () =>
            {
                var said = await DaemonAsync(ccc);
                return said?.GetProperty("agents") is { } carried && carried.GetArrayLength() == 200
                    && carried.EnumerateArray().Any(agent => agent.GetProperty("name").GetString() == name);
            },
            Limit, $"it carries 200, {name} among them");
    }

    [Fact(DisplayName = "A daemon keeps what its agents are on disk, also what is too long for a frame, and forgets those that leave")]
    public async Task Configs()
    {
        await using var ccc = new Ccc();
        var admin = await app.AdminAsync();
        await EnrolAsync(ccc, admin);
        var post = await admin.PostOfAsync(new { role_prompt = "short" });
        var agent = (await admin.PostAsync("/api/v1/agents", new { name = $"a-{_device}", device_id = _device, post_id = post })).Text("id");
        var file = Path.Combine(ccc.StateFolder, "agents", $"{agent}.json");
        var daemon = ccc.Start("daemon");

        await HoldsAsync(1);
        Assert.Equal("short", await PromptAsync());
        Assert.Contains("(version 1)", (await ccc.RunAsync("status")).Is(0).Output, StringComparison.Ordinal);
        var skills = Enumerable.Range(0, 4).Select(n => new { name = $"skill {n}", text = new string('s', 50_000) });
        (await admin.PutAsync($"/api/v1/posts/{post}", new { template = new { role_prompt = "long", skills } })).Is(200, 0);
        await HoldsAsync(2);
        Assert.Equal("long", await PromptAsync());
        Assert.InRange(new FileInfo(file).Length, 200_000, 300_000);

        // What changed while it was away it hears of when it is back.
        await daemon.TerminateAsync();
        (await daemon.EndedAsync(Limit)).Is(0);
        await admin.PutAsync($"/api/v1/posts/{post}", new { template = new { role_prompt = "third" } });
        ccc.Start("daemon");
        await HoldsAsync(3);
        Assert.Equal("third", await PromptAsync());
        await admin.DeleteAsync($"/api/v1/agents/{agent}");
        await Eventually.TrueAsync(() => Task.FromResult(!File.Exists(file)), Limit, "nothing is kept of it");

        Task HoldsAsync(int version) => Eventually.TrueAsync(
            async () => (await admin.GetAsync($"/api/v1/agents/{agent}/config")).Data is var config && !config.GetProperty("drift").GetBoolean()
                && config.GetProperty("held").GetProperty("version").GetInt32() == version,
            Limit, $"it holds version {version}");

        async Task<string?> PromptAsync()
        {
            using var kept = JsonDocument.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
            return kept.RootElement.GetProperty("config").GetProperty("role_prompt").GetString();
        }
    }

    private async Task EnrolAsync(Ccc ccc, Api admin)
    {
        var token = (await admin.PostAsync("/api/v1/devices/tokens", new { device_id = _device })).Text("token");
        (await ccc.RunAsync("connect", "--token", token, "--server", Server, "--device-id", _device)).Is(0);
    }

    private static Task StateIsAsync(Ccc ccc, string state) => Eventually.TrueAsync(
        async () => (await DaemonAsync(ccc))?.GetProperty("state").GetString() == state, Limit, $"it is {state}");

    /// <summary>Null before it has said anything.</summary>
    private static async Task<JsonElement?> DaemonAsync(Ccc ccc) =>
        (await ccc.RunAsync("status", "--json")).Json.GetProperty("daemon") is { ValueKind: JsonValueKind.Object } daemon ? daemon : null;
}
