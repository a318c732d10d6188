using Agents.Tests.App.Publishing;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Seeds;

/// <summary>The programs of tests/Seeds with what they need from npm, which is installed once.</summary>
public sealed class SeedClients : IAsyncLifetime
{
    private static readonly string Folder = Path.Combine(AppHostProcess.RepositoryRoot, "tests", "Seeds");

    public async ValueTask InitializeAsync() => await Command.SucceedsAsync(Folder, "npm", "ci", "--no-audit", "--no-fund");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>What the client printed, which got the application's address and an admin to begin with.</summary>
    internal static Task<string> RunAsync(AgentsApp app, string client, params string[] more) => Command.SucceedsAsync(
        Folder, "node", [client, app.App.GetEndpoint("gateway").GetLeftPart(UriPartial.Authority), "admin@localhost", AgentsApp.AdminPassword, .. more]);
}
