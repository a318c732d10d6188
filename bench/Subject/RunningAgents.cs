using System.Net.Http.Json;
using System.Text.Json;

namespace Agents.Bench.Subject;

/// <summary>The whole application as AppHost starts it, on free ports and with data of its own that goes at the end.</summary>
internal sealed class RunningAgents : IAsyncDisposable
{
    /// <summary>What the services know each other by.</summary>
    public const string ServiceKey = "the service key for measuring, long enough";

    private const string Password = "a password for measuring";

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly DistributedApplication _app;

    private RunningAgents(DistributedApplication app) => _app = app;

    public Uri Gateway => _app.GetEndpoint("gateway");

    public Uri Identity => _app.GetEndpoint("identity");

    public Uri Registry => _app.GetEndpoint("registry");

    public Uri Realtime => _app.GetEndpoint("realtime", "http");

    public static async Task<RunningAgents> StartAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        string[] args = ["--admin-password", Password, "--master-key", "a master key for measuring, long enough", "--no-local-device"];
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(args, limit.Token);
        builder.Configuration["Parameters:service-key"] = ServiceKey;
        var app = await builder.BuildAsync(limit.Token);
        try
        {
            await app.StartAsync(limit.Token);
            await app.ResourceNotifications.WaitForResourceHealthyAsync("gateway", limit.Token);
            return new(app);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public async Task<string> ConnectionStringAsync(string database, CancellationToken cancellationToken) =>
        await _app.GetConnectionStringAsync(database, cancellationToken) ?? throw new InvalidOperationException($"{database} has no connection string.");

    public async Task<string> AdminAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = Gateway };
        return await SignInAsync(http, "admin@localhost", cancellationToken);
    }

    /// <summary>As the list of devices says it; its total is exact only up to 10,000, so the last of them is looked at.</summary>
    public async Task<bool> AreOnlineAsync(int devices, string accessToken, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = Gateway };
        http.DefaultRequestHeaders.Authorization = new("Bearer", accessToken);
        var answer = await http.GetFromJsonAsync<JsonElement>($"/api/v1/devices?status=online&page_size=1&page={devices}", cancellationToken);
        return answer.GetProperty("data").GetProperty("items").GetArrayLength() > 0;
    }

    /// <summary>Access tokens of so many people: the limit is per person, and one alone would meet it.</summary>
    public async Task<IReadOnlyList<string>> PeopleAsync(int count, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = Gateway };
        http.DefaultRequestHeaders.Authorization = new("Bearer", await SignInAsync(http, "admin@localhost", cancellationToken));
        var tokens = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var email = $"person{i}@bench.example";
            await PostAsync(http, "/api/v1/users", new { email, password = Password, roles = new[] { "user" } }, cancellationToken);
            tokens.Add(await SignInAsync(http, email, cancellationToken));
        }

        return tokens;
    }

    /// <summary>One person, there already where the database has seen a run before: the access token, and the id.</summary>
    public async Task<(string Token, string Id)> PersonAsync(CancellationToken cancellationToken)
    {
        const string email = "person@bench.example";
        using var http = new HttpClient { BaseAddress = Gateway };
        string token;
        try
        {
            token = await SignInAsync(http, email, cancellationToken);
        }
        catch (InvalidOperationException)
        {
            http.DefaultRequestHeaders.Authorization = new("Bearer", await AdminAsync(cancellationToken));
            await PostAsync(http, "/api/v1/users", new { email, password = Password, roles = new[] { "user" } }, cancellationToken);
            token = await SignInAsync(http, email, cancellationToken);
        }

        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        var me = await http.GetFromJsonAsync<JsonElement>("/api/v1/auth/me", cancellationToken);
        return (token, me.GetProperty("data").GetProperty("id").GetString()!);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task<string> SignInAsync(HttpClient http, string email, CancellationToken cancellationToken)
    {
        var data = await PostAsync(http, "/api/v1/auth/login", new { email, password = Password }, cancellationToken);
        return data.GetProperty("access_token").GetString()!;
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
