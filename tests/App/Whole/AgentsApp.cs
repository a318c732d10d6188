using System.Globalization;

namespace Agents.Tests.App.Whole;

/// <summary>The whole application, started once for all tests that only look at it from outside.</summary>
public class AgentsApp : IAsyncLifetime
{
    public const string AdminPassword = "an admin's password";
    public const string MasterKey = "the tests' master key, long enough for it";
    public const string ServiceKey = "the tests' service key, long enough for it";
    public const string Friend = "https://friend.example";

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private DistributedApplication? _app;
    private int _addresses;

    public DistributedApplication App => _app ?? throw new InvalidOperationException("The application is not started.");

    public async ValueTask InitializeAsync()
    {
        using var limit = new CancellationTokenSource(StartLimit);
        // Whoever tests is a proxy that is trusted, so that each test can come from an address of its own.
        string[] args =
        [
            "--admin-password", AdminPassword, "--master-key", MasterKey, "--trusted-proxies", "127.0.0.1", "--cors-origins", Friend,
            "--no-local-device",
        ];
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>([.. args, .. More], limit.Token);
        builder.Configuration["Parameters:service-key"] = ServiceKey;
        Adapt(builder);
        _app = await builder.BuildAsync(limit.Token);
        await _app.StartAsync(limit.Token);
        await _app.ResourceNotifications.WaitForResourceHealthyAsync("gateway", limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }

    /// <summary>Arguments that an application of a test's own has besides.</summary>
    protected virtual IReadOnlyList<string> More => [];

    /// <summary>What an application of a test's own has otherwise.</summary>
    protected virtual void Adapt(IDistributedApplicationTestingBuilder builder)
    {
    }

    /// <summary>Somebody who is not signed in, at an address where nobody was before.</summary>
    internal Api Anonymous()
    {
        var n = Interlocked.Increment(ref _addresses);
        var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
        {
            BaseAddress = App.GetEndpoint("gateway"),
        };
        http.DefaultRequestHeaders.Add("X-Forwarded-For", string.Create(CultureInfo.InvariantCulture, $"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}"));
        return new(http);
    }

    internal Task<Api> AdminAsync() => SignedInAsync("admin@localhost", AdminPassword);

    internal async Task<Api> SignedInAsync(string email, string password)
    {
        var api = Anonymous();
        var answer = await api.PostAsync("/api/v1/auth/login", new { email, password });
        answer.Is(200, 0);
        return api.With(answer.Text("access_token"));
    }

    /// <summary>A new account with these roles, signed in.</summary>
    internal async Task<Person> PersonAsync(params string[] roles)
    {
        var email = $"{Guid.NewGuid():N}@test.example";
        var admin = await AdminAsync();
        var made = await admin.PostAsync("/api/v1/users", new { email, password = Person.Password, roles });
        Assert.Equal(201, made.Status);
        var api = Anonymous();
        var login = await api.PostAsync("/api/v1/auth/login", new { email, password = Person.Password });
        return new(made.Text("id"), email, api.With(login.Text("access_token")), login.Text("refresh_token"));
    }
}

internal sealed record Person(string Id, string Email, Api Api, string RefreshToken)
{
    public const string Password = "a person's password";
}

[CollectionDefinition(Name)]
public sealed class WholeApp : ICollectionFixture<AgentsApp>
{
    public const string Name = "the whole app";
}
