using System.Diagnostics;
using Agents.Contracts.Registry;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Posts;

[Collection(WholeApp.Name)]
public sealed class StaffTests(AgentsApp app)
{
    private readonly string _mark = Guid.NewGuid().ToString("N");

    [Fact(DisplayName = "So many agents are spread over the devices that fit, the fewest first and those that are there before the others")]
    public async Task Spread()
    {
        var admin = await app.AdminAsync();
        var (busy, idle, away) = (await FittingAsync(admin), await FittingAsync(admin), await FittingAsync(admin));
        await Fleet.EnrolAsync(app, admin);
        await Fleet.AgentAsync(admin, new { name = "there", device_id = busy.Id });
        await SeenAsync(busy, idle);
        var post = await admin.PostOfAsync(new { concurrency = 3, requires = new { capabilities = new[] { "git" }, labels = Labels } }, $"crew {_mark}");

        var made = await admin.StaffAsync(post, new { count = 3 });
        var agents = (await admin.GetAsync($"/api/v1/agents?post_id={post}")).Items().ToList();

        Assert.Equal([($"crew {_mark}-1", idle.Id), ($"crew {_mark}-2", new[] { busy.Id, idle.Id }.Order(StringComparer.Ordinal).First()), ($"crew {_mark}-3", new[] { busy.Id, idle.Id }.Order(StringComparer.Ordinal).Last())], made);
        Assert.All(agents, agent => Assert.Equal((3, "git", _mark), (
            agent.GetProperty("concurrency").GetInt32(), agent.GetProperty("capabilities")[0].GetString(), agent.GetProperty("labels").GetProperty("mark").GetString())));
        await admin.PostAsync($"/api/v1/devices/{busy.Id}/drain");
        await admin.PostAsync($"/api/v1/devices/{idle.Id}/drain");
        Assert.Equal([away.Id], (await admin.StaffAsync(post, new { count = 1 })).Select(agent => agent.Device));
    }

    [Fact(DisplayName = "Agents come to the devices that are named, or picked by their labels, and numbers go on from the highest")]
    public async Task Named()
    {
        var admin = await app.AdminAsync();
        var (one, two) = (await FittingAsync(admin), await FittingAsync(admin));
        var post = await admin.PostOfAsync(name: $"crew {_mark}");

        Assert.Equal([("dev-1", two.Id), ("dev-2", one.Id)], await admin.StaffAsync(post, new { devices = new[] { two.Id, one.Id }, name_pattern = "dev-{n}" }));
        Assert.Equal([("dev-3", one.Id)], await admin.StaffAsync(post, new { devices = new[] { one.Id }, name_pattern = "dev-{n}" }));
        Assert.Equal(
            new[] { one, two }.OrderBy(d => d.Id, StringComparer.Ordinal).Select(d => ($"{d.Id}-crew {_mark}", d.Id)),
            (await admin.StaffAsync(post, new { selector = new { labels = Labels }, name_pattern = "{device}-{post}" })).OrderBy(agent => agent.Device, StringComparer.Ordinal));
    }

    [Fact(DisplayName = "What would be made can be seen before, and nothing is made by looking")]
    public async Task Preview()
    {
        var admin = await app.AdminAsync();
        var device = await FittingAsync(admin);
        var post = await admin.PostOfAsync(new { requires = new { labels = Labels } }, $"crew {_mark}");

        var seen = await admin.PostAsync($"/api/v1/posts/{post}/agents", new { count = 2, preview = true });

        Assert.Equal(
            [("", $"crew {_mark}-1", device.Id), ("", $"crew {_mark}-2", device.Id)],
            seen.Data.GetProperty("agents").EnumerateArray().Select(agent => (agent.GetProperty("id").GetString(), agent.GetProperty("name").GetString(), agent.GetProperty("device_id").GetString())));
        Assert.Empty((await admin.GetAsync($"/api/v1/agents?post_id={post}")).Items());
        Assert.Equal(2, (await admin.StaffAsync(post, new { count = 2 })).Count);
        Assert.Equal(["count"], (await admin.PostAsync($"/api/v1/posts/{post}/agents", new { count = 1000, preview = true })).Fields());
    }

    [Fact(DisplayName = "What stands in the way is said at its field, and nothing is made")]
    public async Task Refused()
    {
        var admin = await app.AdminAsync();
        var device = await FittingAsync(admin);
        var path = $"/api/v1/posts/{await admin.PostOfAsync(new { requires = new { labels = Labels } })}/agents";
        var impossible = await admin.PostOfAsync(new { requires = new { capabilities = new[] { "what nobody has" } } });
        var strange = await Fleet.EnrolAsync(app, admin);

        Assert.Equal(["count"], (await admin.PostAsync(path, new { })).Fields());
        Assert.Equal(["count"], (await admin.PostAsync(path, new { count = 1, devices = new[] { device.Id } })).Fields());
        Assert.Equal(["count"], (await admin.PostAsync(path, new { count = 1001 })).Fields());
        Assert.Equal(["count"], (await admin.PostAsync(path, new { count = 201 })).Fields());
        Assert.Equal(["count"], (await admin.PostAsync($"/api/v1/posts/{impossible}/agents", new { count = 1 })).Fields());
        Assert.Equal(["devices[1]"], (await admin.PostAsync(path, new { devices = new[] { device.Id, "none" } })).Fields());
        Assert.Equal(["devices[0]"], (await admin.PostAsync(path, new { devices = new[] { strange.Id } })).Fields());
        Assert.Equal(["selector"], (await admin.PostAsync(path, new { selector = new { labels = new { mark = "another" } } })).Fields());
        Assert.Equal(["name_pattern"], (await admin.PostAsync(path, new { count = 2, name_pattern = "worker" })).Fields());
        Assert.Equal(["name_pattern"], (await admin.PostAsync(path, new { count = 2, name_pattern = "{number}" })).Fields());
        (await admin.PostAsync("/api/v1/posts/none/agents", new { count = 1 })).Is(404, 2001);
        Assert.Equal(0, (await admin.GetAsync($"/api/v1/agents?device_id={device.Id}")).Data.GetProperty("total").GetInt32());
    }

    [Fact(DisplayName = "The same Idempotency-Key makes agents once, also where Posts forgot that it asked")]
    public async Task Once()
    {
        var (admin, key) = (await app.AdminAsync(), ("Idempotency-Key", Guid.NewGuid().ToString()));
        await FittingAsync(admin);
        var post = await admin.PostOfAsync(new { requires = new { labels = Labels } });

        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => admin.PostAsync($"/api/v1/posts/{post}/agents", new { count = 2 }, key)));
        await Database.SingleAsync(app.App, "postsdb", "WITH gone AS (DELETE FROM idempotent_answers WHERE key = $1 RETURNING 1) SELECT count(*) FROM gone", key.Item2);
        var again = await admin.PostAsync($"/api/v1/posts/{post}/agents", new { count = 2 }, key);

        Assert.All([.. made, again], answer => Assert.Equal((201, made[0].Data.GetProperty("agents").GetRawText()), (answer.Status, answer.Data.GetProperty("agents").GetRawText())));
        Assert.Equal(2, (await admin.GetAsync($"/api/v1/agents?post_id={post}")).Data.GetProperty("total").GetInt32());
        (await admin.PostAsync($"/api/v1/posts/{post}/agents", new { count = 3 }, key)).Is(409, 3002);
    }

    [Fact(DisplayName = "Many at once never overfill a device, and no two have one name")]
    public async Task AtOnce()
    {
        var admin = await app.AdminAsync();
        var device = await FittingAsync(admin);
        var post = await admin.PostOfAsync(new { requires = new { labels = Labels } });

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => admin.PostAsync($"/api/v1/posts/{post}/agents", new { count = 60 })));
        var names = answers.Where(answer => answer.Status == 201).SelectMany(answer => answer.Data.GetProperty("agents").EnumerateArray()).Select(agent => agent.GetProperty("name").GetString());

        Assert.Equal([201, 201, 201, 400, 400, 400, 400, 400], answers.Select(answer => answer.Status).Order());
        Assert.Equal(180, names.Distinct().Count());
        Assert.Equal(180, (await admin.GetAsync($"/api/v1/agents?device_id={device.Id}")).Data.GetProperty("total").GetInt32());
    }

    [Fact(DisplayName = "A thousand agents are made in less than two seconds, and all are in the feed and in the audit")]
    public async Task Thousand()
    {
        var (admin, registry) = (await app.AdminAsync(), Fleet.Internal(app));
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => FittingAsync(admin)));
        var post = await admin.PostOfAsync(new { requires = new { labels = Labels } });
        var last = (await registry.GetChangesAsync(long.MaxValue, 0, TestContext.Current.CancellationToken)).Last;

        var watch = Stopwatch.StartNew();
        var made = await admin.StaffAsync(post, new { count = 1000 });
        watch.Stop();

        TestContext.Current.SendDiagnosticMessage($"1,000 agents in {watch.ElapsedMilliseconds} ms");
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.All(made.CountBy(agent => agent.Device), device => Assert.Equal(200, device.Value));
        var told = 0;
        for (ChangePage? page = null; page is null || page.Items.Count > 0; last = page.Items.Count > 0 ? page.Items[^1].Seq : last)
        {
            page = await registry.GetChangesAsync(last, 0, TestContext.Current.CancellationToken);
            told += page.Items.Count(change => change.Agent?.PostId == post);
        }

        Assert.Equal(1000, told);
        var audit = await Database.SingleAsync(app.App, "registrydb", "SELECT count(*) FROM audit_outbox WHERE action = 'agent.created' AND detail LIKE '%' || $1", post);
        Assert.Equal(1000L, audit[0]);
    }

    private object Labels => new { mark = _mark };

    private async Task<Machine> FittingAsync(Api admin)
    {
        var device = await Fleet.EnrolAsync(app, admin);
        (await admin.PatchAsync($"/api/v1/devices/{device.Id}", new { labels = Labels })).Is(200, 0);
        return device;
    }

    private Task SeenAsync(params Machine[] devices) => Fleet.Internal(app).ReportPresenceAsync(
        new($"test-{_mark}", [.. devices.Select(device => Fleet.Seen(PresenceKind.Device, device.Id, PresenceStatus.Online))]), TestContext.Current.CancellationToken);
}
