using System.Diagnostics;
using System.Net.WebSockets;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Realtime;

/// <summary>An application of its own, with two processes of Realtime and Redis between them.</summary>
public sealed class TwoReplicas : IAsyncLifetime
{
    private const int PageCount = 4;

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private DistributedApplication? _app;

    public DistributedApplication App => _app ?? throw new InvalidOperationException("The application is not started.");

    internal Api Admin { get; private set; } = new(new());

    public async ValueTask InitializeAsync()
    {
        RedisServer.Required();
        using var limit = new CancellationTokenSource(StartLimit);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            ["--replicas", "realtime=2", "--admin-password", AgentsApp.AdminPassword, "--no-local-device"], limit.Token);
        _app = await builder.BuildAsync(limit.Token);
        await _app.StartAsync(limit.Token);
        await _app.ResourceNotifications.WaitForResourceHealthyAsync("gateway", limit.Token);
        var http = _app.CreateHttpClient("gateway");
        var login = await new Api(http).PostAsync("/api/v1/auth/login", new { email = "admin@localhost", password = AgentsApp.AdminPassword });
        Admin = new(http, login.Text("access_token"));
    }

    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>A device with one agent.</summary>
    internal async Task<(Machine Device, string Agent)> EnrolAsync()
    {
        var id = Fleet.NewId("device");
        var enrolled = await Admin.With(null).PostAsync(
            "/api/v1/devices/register", new { token = await Fleet.TokenAsync(Admin), device_id = id, hostname = "h", os = "linux", arch = "amd64" });
        return (new(id, Admin.With(enrolled.Text("device_token"))), await Fleet.AgentAsync(Admin, new { name = "roams along", device_id = id }));
    }

    internal async Task<HubClient> OpenAsync(string query, string? bearer) =>
        await (await HubClient.OpenAsync(App.GetEndpoint("gateway"), $"/ws?{query}", bearer)).JoinedAsync();

    /// <summary>Both replicas hold some: one that was away has its turns again only when the gateway has seen that it is well.</summary>
    internal async Task<IReadOnlyList<HubClient>> PagesAsync()
    {
        List<HubClient> pages = [];
        await Eventually.TrueAsync(
            async () =>
            {
                await Task.WhenAll(pages.Select(page => page.DisposeAsync().AsTask()));
                pages.Clear();
                var before = Parts.FindAll("realtime").ToDictionary(replica => replica, Taken);
                for (var n = 0; n < PageCount; n++)
                {
                    pages.Add(await OpenAsync($"role=client&client_id={n}", Admin.Token));
                }

                return before.All(replica => Taken(replica.Key) >= replica.Value + (PageCount / 2));
            },
            StartLimit, "the gateway takes turns");
        return pages;
    }

    /// <summary>One replica is killed, which takes some of these along and not all. Both are back when this is over.</summary>
    internal async Task HeldByBothAsync(IReadOnlyList<HubClient> pages)
    {
        Process.GetProcessById(Parts.FindAll("realtime")[0]).Kill();
        var stay = await Task.WhenAll(pages.Select(StaysAsync));

        Assert.Equal([false, true], stay.Distinct().Order());
        await Eventually.TrueAsync(
            async () => (await Admin.GetAsync("/api/v1/system/health")).Data.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("name").GetString() is "realtime")
                .GetProperty("replicas").EnumerateArray().Count(replica => replica.GetProperty("status").GetString() is "healthy") == 2,
            StartLimit, "both replicas are there again");
    }

    /// <summary>Connections that a process has taken at the addresses where it listens.</summary>
    private static int Taken(int process)
    {
        const string Established = "01", Listening = "0A";
        var own = Directory.GetFileSystemEntries($"/proc/{process}/fd").Select(file => new FileInfo(file).LinkTarget).ToHashSet();
        // Its own address, state and inode; the first line names the columns.
        var sockets = new[] { "tcp", "tcp6" }
            .SelectMany(kind => File.ReadLines($"/proc/{process}/net/{kind}").Skip(1))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => own.Contains($"socket:[{fields[9]}]"))
            .Select(fields => (Port: fields[1].Split(':')[1], State: fields[3]))
            .ToList();
        var open = sockets.Where(socket => socket.State is Listening).Select(socket => socket.Port).ToHashSet();
        return sockets.Count(socket => socket.State is Established && open.Contains(socket.Port));
    }

    private static async Task<bool> StaysAsync(HubClient page)
    {
        try
        {
            await page.AnswersAsync();
            return !page.Closed.IsCompleted;
        }
        catch (Exception e) when (e is InvalidOperationException or WebSocketException)
        {
            // It may be half closed yet; that it has an end is what says that its replica is gone.
            await page.Closed.WaitAsync(Soon);
            return false;
        }
    }
}
