using Npgsql;

namespace Agents.Tests.App.Whole;

[Collection(WholeApp.Name)]
public sealed class MissingDatabaseTests(AgentsApp app)
{
    [Fact(DisplayName = "A service makes its database where the server has none, also when two replicas start at once")]
    public async Task Made()
    {
        var server = new NpgsqlConnectionStringBuilder(await app.App.GetConnectionStringAsync("registrydb", TestContext.Current.CancellationToken))
        {
            Database = "made_by_the_service",
        };
        var ports = new[] { ServiceProcess.FreePort(), ServiceProcess.FreePort() };

        var replicas = await Task.WhenAll(ports.Select(port => ServiceProcess.StartAsync(
            "Registry", port,
            ("ASPNETCORE_URLS", $"http://127.0.0.1:{port}"), ("AGENTS_SERVICE_KEY", new string('k', 40)), ("ConnectionStrings__registrydb", server.ConnectionString))));

        foreach (var (replica, port) in replicas.Zip(ports))
        {
            await using (replica)
            {
                using var http = new HttpClient();
                // Without an Identity it is not well, but it is there, with its tables.
                Assert.Equal("Degraded", await http.GetStringAsync($"http://127.0.0.1:{port}/health", TestContext.Current.CancellationToken));
            }
        }
    }
}
