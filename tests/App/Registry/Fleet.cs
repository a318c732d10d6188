using System.Security.Cryptography;
using Agents.Contracts;
using Agents.Contracts.Registry;
using Agents.Contracts.Scheduler;
using Agents.ServiceDefaults.Auth;
using Agents.Tests.App.Whole;
using Refit;

namespace Agents.Tests.App.Registry;

/// <summary>Devices and agents of a test's own: all ids are new, so that nothing of another test is met.</summary>
internal static class Fleet
{
    public static string NewId(string kind) => $"{kind}-{Guid.NewGuid():N}";

    public static ECDsa NewKey() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static string Public(ECDsa key) => Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());

    public static async Task<string> TokenAsync(Api operatorApi, string? deviceId = null)
    {
        var made = await operatorApi.PostAsync("/api/v1/devices/tokens", new { device_id = deviceId });
        made.Is(201, 0);
        return made.Text("token");
    }

    public static Task<Answer> RegisterAsync(AgentsApp app, string token, string deviceId, ECDsa? key = null) =>
        app.Anonymous().PostAsync("/api/v1/devices/register", new
        {
            token,
            device_id = deviceId,
            hostname = $"host-of-{deviceId}",
            ip = "10.1.2.3",
            os = "linux",
            arch = "amd64",
            version = "1.0",
            capabilities = new[] { "claude", "git" },
            public_key = key is null ? null : Public(key),
        });

    /// <summary>A new device, enrolled by this operator.</summary>
    public static async Task<Machine> EnrolAsync(AgentsApp app, Api operatorApi, ECDsa? key = null)
    {
        var id = NewId("device");
        var registered = await RegisterAsync(app, await TokenAsync(operatorApi), id, key);
        registered.Is(200, 0);
        return new(id, app.Anonymous().With(registered.Text("device_token")));
    }

    public static async Task<string> AgentAsync(Api operatorApi, object agent)
    {
        var made = await operatorApi.PostAsync("/api/v1/agents", agent);
        made.Is(201, 0);
        return made.Text("id");
    }

    /// <summary>Registry as the other services meet it.</summary>
    public static IRegistryInternal Internal(AgentsApp app) =>
        RestService.For<IRegistryInternal>(InternalHttp(app), new RefitSettings(new SystemTextJsonContentSerializer(WireJson.Options)));

    /// <summary>Scheduler as Realtime meets it.</summary>
    public static ISchedulerInternal Scheduler(AgentsApp app) =>
        RestService.For<ISchedulerInternal>(InternalHttp(app, "scheduler"), new RefitSettings(new SystemTextJsonContentSerializer(WireJson.Options)));

    public static HttpClient InternalHttp(AgentsApp app, string service = "registry")
    {
        var http = app.App.CreateHttpClient(service);
        http.DefaultRequestHeaders.Authorization = new(
            ServiceCredential.Scheme, new ServiceCredential(AgentsApp.ServiceKey, TimeProvider.System).Issue("realtime"));
        return http;
    }

    public static async Task NotFoundAsync(Task asked) =>
        Assert.Equal(404, (int)(await Assert.ThrowsAsync<ApiException>(() => asked)).StatusCode);

    public static PresenceEntry Seen(PresenceKind kind, string id, string status, int running = 0) =>
        new(kind, id, status, running, TimeProvider.System.GetUtcNow());
}

/// <summary>A device with its token.</summary>
internal sealed record Machine(string Id, Api Api);
