using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Registry;

[Collection(WholeApp.Name)]
public sealed class EnrolmentTests(AgentsApp app)
{
    [Fact(DisplayName = "An operator's token makes a machine a device that is let in, with all that it said of itself")]
    public async Task Enrol()
    {
        var (person, key, id) = (await app.PersonAsync("operator"), Fleet.NewKey(), Fleet.NewId("device"));
        var token = await Fleet.TokenAsync(person.Api);

        var registered = await Fleet.RegisterAsync(app, token, id, key);
        var device = await person.Api.GetAsync($"/api/v1/devices/{id}");

        Assert.StartsWith("et_", token);
        Assert.StartsWith("dt_", registered.Text("device_token"));
        Assert.Equal((id, 30), (registered.Text("device_id"), registered.Data.GetProperty("heartbeat_interval").GetInt32()));
        Assert.Equal(("offline", "10.1.2.3", $"host-of-{id}", "linux", "amd64", "1.0", person.Id), (
            device.Text("status"), device.Text("ip_address"), device.Text("hostname"), device.Text("os"), device.Text("arch"), device.Text("version"), device.Text("owner")));
        Assert.Equal("claude", device.Data.GetProperty("capabilities")[0].GetString());
        (await app.Anonymous().With(registered.Text("device_token")).GetAsync("/api/v1/agents")).Is(200, 0);
    }

    [Fact(DisplayName = "A device is told the heartbeat that is set")]
    public async Task Heartbeat()
    {
        var (admin, port) = (await app.AdminAsync(), ServiceProcess.FreePort());
        await using var registry = await ServiceProcess.StartAsync(
            "Registry", port,
            ("ASPNETCORE_URLS", $"http://127.0.0.1:{port}"), ("AGENTS_SERVICE_KEY", AgentsApp.ServiceKey), ("AGENTS_MASTER_KEY", new string('m', 32)),
            ("Hub__HeartbeatInterval", "00:00:10"),
            ("ConnectionStrings__registrydb", (await app.App.GetConnectionStringAsync("registrydb", TestContext.Current.CancellationToken))!),
            ("services__identity__http__0", app.App.GetEndpoint("identity").ToString()));
        using var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}") };

        var registered = await new Api(http).PostAsync(
            "/api/v1/devices/register", new { token = await Fleet.TokenAsync(admin), device_id = Fleet.NewId("device"), hostname = "h" });

        registered.Is(200, 0);
        Assert.Equal(10, registered.Data.GetProperty("heartbeat_interval").GetInt32());
    }

    [Fact(DisplayName = "A token that is unknown, used, expired or another device's is refused, and the answer says which")]
    public async Task BadTokens()
    {
        var admin = await app.AdminAsync();
        var (used, foreign) = (await Fleet.TokenAsync(admin), await Fleet.TokenAsync(admin, Fleet.NewId("device")));
        var expired = (await admin.PostAsync("/api/v1/devices/tokens", new { expires_in = 1 })).Text("token");
        (await Fleet.RegisterAsync(app, used, Fleet.NewId("device"))).Is(200, 0);

        await RefusedAsync("et_unknown", "no such");
        await RefusedAsync(used, "used already");
        await RefusedAsync(foreign, "another device");
        await Eventually.TrueAsync(
            async () => (await Database.SingleAsync(app.App, "registrydb", "SELECT count(*) FROM enrolment_tokens WHERE hash = sha256($1::text::bytea) AND expires_at < now()", expired))[0] is 1L,
            TimeSpan.FromSeconds(5), "it expires");
        await RefusedAsync(expired, "expired");

        async Task RefusedAsync(string token, string why)
        {
            var answer = await Fleet.RegisterAsync(app, token, Fleet.NewId("device"));
            answer.Is(401, 1002);
            Assert.Contains(why, answer.Message);
        }
    }

    [Fact(DisplayName = "A lost answer locks nobody out: the same token, device and key again get the same device token")]
    public async Task Again()
    {
        var (admin, key, id) = (await app.AdminAsync(), Fleet.NewKey(), Fleet.NewId("device"));
        var token = await Fleet.TokenAsync(admin);

        var first = await Fleet.RegisterAsync(app, token, id, key);
        var second = await Fleet.RegisterAsync(app, token, id, key);

        Assert.Equal(first.Text("device_token"), second.Text("device_token"));
        (await Fleet.RegisterAsync(app, token, id, Fleet.NewKey())).Is(401, 1002);
    }

    [Fact(DisplayName = "Twenty who come at once with one token are one device; as twenty devices, one of them gets in")]
    public async Task AtOnce()
    {
        var (admin, id) = (await app.AdminAsync(), Fleet.NewId("device"));
        var (one, many) = (await Fleet.TokenAsync(admin), await Fleet.TokenAsync(admin));

        var same = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Fleet.RegisterAsync(app, one, id)));
        var others = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Fleet.RegisterAsync(app, many, Fleet.NewId("device"))));

        Assert.Single(same.Select(answer => answer.Text("device_token")).Distinct());
        Assert.Equal((1, 19), (others.Count(answer => answer.Status == 200), others.Count(answer => answer.Status == 401)));
    }

    [Fact(DisplayName = "Of twenty who come at once with tokens of their own to be one device, one is; the others are in the audit, and none leaves its key")]
    public async Task GhostsAtOnce()
    {
        var (admin, id) = (await app.AdminAsync(), Fleet.NewId("device"));
        var tokens = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Fleet.TokenAsync(admin)));

        var answers = await Task.WhenAll(tokens.Select(token => Fleet.RegisterAsync(app, token, id, Fleet.NewKey())));

        Assert.Equal((1, 19), (answers.Count(answer => answer.Status == 200), answers.Count(answer => answer.Code == 3002)));
        var kept = await Database.SingleAsync(
            app.App, "registrydb", "SELECT (SELECT count(*) FROM device_keys WHERE device_id = $1), (SELECT count(*) FROM audit_outbox WHERE target = $1 AND action = 'device.refused' AND detail = 'Ghost')", id);
        Assert.Equal((1L, 19L), (kept[0], kept[1]));
    }

    [Fact(DisplayName = "Who claims to be a known device is a ghost and gets nothing, unless the token was made for that device")]
    public async Task Ghost()
    {
        var (admin, key) = (await app.AdminAsync(), Fleet.NewKey());
        var device = await Fleet.EnrolAsync(app, admin, Fleet.NewKey());
        var (any, its) = (await Fleet.TokenAsync(admin), await Fleet.TokenAsync(admin, device.Id));

        (await Fleet.RegisterAsync(app, any, device.Id, key)).Is(409, 3002);
        (await device.Api.GetAsync("/api/v1/agents")).Is(200, 0);
        var again = await Fleet.RegisterAsync(app, its, device.Id, key);

        again.Is(200, 0);
        (await device.Api.GetAsync("/api/v1/agents")).Is(401, 1002);
        (await device.Api.With(again.Text("device_token")).GetAsync("/api/v1/agents")).Is(200, 0);
        var known = await Fleet.Internal(app).AuthenticateDeviceAsync(new(again.Text("device_token")), TestContext.Current.CancellationToken);
        Assert.Equal((2, Fleet.Public(key)), (known.Keys.Count, known.Keys[^1].PublicKey));
        // The token that was refused was not used up by it.
        (await Fleet.RegisterAsync(app, any, Fleet.NewId("device"))).Is(200, 0);
    }

    [Theory(DisplayName = "A key has to be an ECDSA key on P-256, in base64 or PEM")]
    [InlineData("not a key", 400)]
    [InlineData("P-384", 400)]
    [InlineData("PEM", 200)]
    public async Task Keys(string kind, int status)
    {
        var token = await Fleet.TokenAsync(await app.AdminAsync());
        using var other = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP384);
        var text = kind switch { "P-384" => Fleet.Public(other), "PEM" => Fleet.NewKey().ExportSubjectPublicKeyInfoPem(), _ => kind };

        var answer = await app.Anonymous().PostAsync(
            "/api/v1/devices/register", new { token, device_id = Fleet.NewId("device"), hostname = "h", public_key = text });

        Assert.Equal(status, answer.Status);
        Assert.True(status == 200 || answer.Error("public_key").Contains("P-256", StringComparison.Ordinal));
    }

    [Fact(DisplayName = "Neither an enrolment token nor a device's token stands in the database")]
    public async Task NothingToSteal()
    {
        var (admin, id) = (await app.AdminAsync(), Fleet.NewId("device"));
        var token = await Fleet.TokenAsync(admin);
        var registered = await Fleet.RegisterAsync(app, token, id);

        var rows = await Database.SingleAsync(
            app.App, "registrydb", "SELECT d::text, (SELECT string_agg(t::text, ' ') FROM enrolment_tokens t WHERE used_by = $1), (SELECT string_agg(a::text, ' ') FROM audit_outbox a WHERE target = $1) FROM devices d WHERE id = $1", id);

        Assert.All(rows, row => Assert.False(((string)row).Contains(token, StringComparison.Ordinal) || ((string)row).Contains(registered.Text("device_token"), StringComparison.Ordinal)));
        Assert.Contains("device.enrolled", (string)rows[2]);
    }
}
