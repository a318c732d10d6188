using System.Net.Http.Json;
using System.Text.Json;

namespace Agents.Bench.Tasks;

/// <summary>Devices with agents, enrolled by the API. Those that sleep are not connected until they are woken.</summary>
internal sealed class WorkForce : IAsyncDisposable
{
    public const int AgentsOfEach = 2;
    public const int Concurrency = 100;

    private readonly Uri _gateway;
    private readonly List<WorkingDevice> _devices = [];
    private readonly List<string> _agents = [];

    private WorkForce(Uri gateway) => _gateway = gateway;

    public IReadOnlyList<WorkingDevice> Devices => _devices;

    public IReadOnlyList<string> Agents => _agents;

    public static async Task<WorkForce> EnrolAsync(Uri gateway, string admin, string name, int devices, Ledger ledger, CancellationToken cancellationToken)
    {
        var force = new WorkForce(gateway);
        using var http = new HttpClient { BaseAddress = gateway };
        http.DefaultRequestHeaders.Authorization = new("Bearer", admin);
        for (var n = 0; n < devices; n++)
        {
            var device = $"bench-{name}-{n}";
            var enrolment = await PostAsync(http, "/api/v1/devices/tokens", new { device_id = device }, cancellationToken);
            var registered = await PostAsync(
                http, "/api/v1/devices/register",
                new { token = enrolment.GetProperty("token").GetString(), device_id = device, hostname = device, concurrency = AgentsOfEach * Concurrency }, cancellationToken);
            force._devices.Add(new(device, registered.GetProperty("device_token").GetString()!, ledger));
            for (var a = 0; a < AgentsOfEach; a++)
            {
                var agent = $"{device}-agent-{a}";
                await PostAsync(http, "/api/v1/agents", new { id = agent, name = agent, device_id = device, concurrency = Concurrency, visibility = "public" }, cancellationToken);
                force._agents.Add(agent);
            }
        }

        return force;
    }

    public async Task WakeAsync(CancellationToken cancellationToken)
    {
        foreach (var device in _devices)
        {
            await device.ConnectAsync(_gateway, cancellationToken);
        }
    }

    public void Hold(bool holds) => _devices.ForEach(device => device.Holds = holds);

    /// <summary>Nothing more is taken; done when all that was taken is acknowledged.</summary>
    public async Task RestAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        _devices.ForEach(device => device.Rests = true);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        waiting.CancelAfter(limit);
        while (!_devices.TrueForAll(device => device.IsIdle))
        {
            await Task.Delay(20, waiting.Token);
        }
    }

    public void Listen(Action<TaskFrame, long>? heard) => _devices.ForEach(device => device.Heard = heard);

    public async ValueTask DisposeAsync()
    {
        foreach (var device in _devices)
        {
            await device.DisposeAsync();
        }
    }

    private static async Task<JsonElement> PostAsync(HttpClient http, string path, object body, CancellationToken cancellationToken)
    {
        using var response = await http.PostAsJsonAsync(path, body, cancellationToken);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return response.IsSuccessStatusCode
            ? answer.GetProperty("data")
            : throw new InvalidOperationException($"POST {path} answered {(int)response.StatusCode}: {answer}");
    }
}
