using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Agents.Contracts.Realtime;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Registry;

[Collection(WholeApp.Name)]
public sealed class AgentRegistrationTests(AgentsApp app)
{
    [Fact(DisplayName = "A device announces its agents as seed 001 shows it; again changes only what is given")]
    public async Task Announce()
    {
        var person = await app.PersonAsync("operator");
        var (device, id) = (await Fleet.EnrolAsync(app, person.Api), Fleet.NewId("agent"));

        var made = await device.Api.PostAsync("/api/agents/register", new { id, name = "Scout", role = "searcher", capabilities = new[] { "search" } });
        var again = await device.Api.PostAsync("/api/agents/register", new { id, role = "finder" });

        Assert.Equal((id, "Scout", "searcher", device.Id, person.Id), (made.Text("id"), made.Text("name"), made.Text("role"), made.Text("device_id"), made.Text("owner")));
        Assert.Equal(("Scout", "finder"), (again.Text("name"), again.Text("role")));
        Assert.Equal("search", again.Data.GetProperty("capabilities")[0].GetString());
        (await person.Api.PostAsync("/api/v1/agents/register", new { id })).Is(403, 1003);
        (await device.Api.PostAsync("/api/v1/agents/register", new { name = "x" })).Is(400, 1001);
        (await device.Api.PostAsync("/api/v1/agents/register", new StringContent("{", null, "application/json"))).Is(400, 1001);
    }

    [Fact(DisplayName = "Another device's agent can't be claimed, nor an operator's with a device of somebody else")]
    public async Task Others()
    {
        var (admin, person) = (await app.AdminAsync(), await app.PersonAsync("operator"));
        var (one, two) = (await Fleet.EnrolAsync(app, admin), await Fleet.EnrolAsync(app, person.Api));
        var (id, free) = (Fleet.NewId("agent"), await Fleet.AgentAsync(admin, new { name = "free" }));
        await one.Api.PostAsync("/api/v1/agents/register", new { id });

        (await two.Api.PostAsync("/api/v1/agents/register", new { id })).Is(409, 3002);
        (await two.Api.PostAsync("/api/v1/agents/register", new { id = free })).Is(409, 3002);
        (await one.Api.PostAsync("/api/v1/agents/register", new { id = free })).Is(200, 0);
        Assert.Equal(one.Id, (await admin.GetAsync($"/api/v1/agents/{id}")).Text("device_id"));
    }

    [Fact(DisplayName = "Twenty announcements of one agent at once make one agent")]
    public async Task AtOnce()
    {
        var (admin, id) = (await app.AdminAsync(), Fleet.NewId("agent"));
        var device = await Fleet.EnrolAsync(app, admin);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => device.Api.PostAsync("/api/v1/agents/register", new { id, name = $"n{n}" })));

        Assert.All(answers, answer => answer.Is(200, 0));
    }

    [Fact(DisplayName = "A device carries 200 agents and no more, whoever brings the next one, and however many at once")]
    public async Task Full()
    {
        var admin = await app.AdminAsync();
        var device = await Fleet.EnrolAsync(app, admin);
        var (ids, elsewhere) = (Enumerable.Range(0, 190).Select(_ => Fleet.NewId("agent")).ToList(), await Fleet.AgentAsync(admin, new { name = "elsewhere" }));
        Assert.All(await Task.WhenAll(ids.Select(RegisterAsync)), answer => answer.Is(200, 0));

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(n => n % 2 == 0 ? RegisterAsync(Fleet.NewId("agent")) : CreateAsync()));

        Assert.Equal(10, answers.Count(answer => answer.Status is 200 or 201));
        Assert.All(answers.Where(answer => answer.Status >= 400), answer => Assert.True((answer.Status, answer.Code) is (409, 3002) or (400, 1001)));
        Assert.Contains("200", (await CreateAsync()).Error("device_id"), StringComparison.Ordinal);
        (await admin.PatchAsync($"/api/v1/agents/{elsewhere}", new { device_id = device.Id })).Is(400, 1001);
        (await device.Api.PostAsync("/api/v1/agents/register", new { id = ids[0], name = "known" })).Is(200, 0);
        (await admin.PatchAsync($"/api/v1/agents/{ids[0]}", new { device_id = device.Id, role = "known" })).Is(200, 0);

        Task<Answer> RegisterAsync(string id) => device.Api.PostAsync("/api/v1/agents/register", new { id });
        Task<Answer> CreateAsync() => admin.PostAsync("/api/v1/agents", new { name = "one more", device_id = device.Id });
    }

    [Fact(DisplayName = "A device with a key must sign what it announces: unsigned, altered, stale, or sent twice is refused")]
    public async Task Signed()
    {
        var (admin, key, now) = (await app.AdminAsync(), Fleet.NewKey(), TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        var device = await Fleet.EnrolAsync(app, admin, key);
        var body = JsonSerializer.SerializeToUtf8Bytes(new { id = Fleet.NewId("agent"), name = "signed" });
        var (message, other) = (Guid.NewGuid().ToString(), Encoding.UTF8.GetBytes($$"""{"id":"{{Fleet.NewId("agent")}}"}"""));

        (await SendAsync(body, message, now, Fleet.NewKey())).Is(401, 1002);
        (await SendAsync(body, message, now, key, sent: other)).Is(401, 1002);
        (await SendAsync(body, message, now - 301, key)).Is(401, 1002);
        // Far enough ahead that it still is when the requests before it took their time.
        (await SendAsync(body, message, now + 360, key)).Is(401, 1002);
        (await device.Api.PostAsync("/api/v1/agents/register", new { id = Fleet.NewId("agent") })).Is(401, 1002);
        (await SendAsync(body, message, now, key)).Is(200, 0);
        (await SendAsync(body, message, now, key)).Is(401, 1002);
        (await SendAsync(body, Guid.NewGuid().ToString(), now, key)).Is(200, 0);

        Task<Answer> SendAsync(byte[] signed, string id, long at, ECDsa by, byte[]? sent = null) => device.Api.PostAsync(
            "/api/v1/agents/register", new ByteArrayContent(sent ?? signed) { Headers = { ContentType = new("application/json") } },
            ("X-Message-Id", id), ("X-Message-Time", $"{at}"), ("X-Signature", FrameSignature.Sign(by, id, FrameType.AgentRegister, at, signed)));
    }
}
