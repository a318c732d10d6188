using Agents.Tests.App.Publishing;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Seeds;

/// <summary>Runs the clients of tests/Seeds, each written from its document's text alone.</summary>
[Collection(WholeApp.Name)]
public sealed class SeedTests(AgentsApp app)
{
    private static readonly string Folder = Path.Combine(AppHostProcess.RepositoryRoot, "tests", "Seeds");

    [Fact(DisplayName = "Seed 003: a client written from its text signs up, in, on and out")]
    public async Task Seed003Auth() => Assert.Contains(
        "sign-in works",
        await Command.SucceedsAsync(
            Folder, "node", Path.Combine("003", "auth.mjs"), app.App.GetEndpoint("gateway").GetLeftPart(UriPartial.Authority), "admin@localhost", AgentsApp.AdminPassword));
}
