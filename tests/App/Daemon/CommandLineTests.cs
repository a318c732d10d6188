using System.Text.Json.Nodes;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Daemon;

/// <summary>Commands of the real program against the whole application.</summary>
[Collection(WholeApp.Name)]
public sealed class CommandLineTests(AgentsApp app)
{
    private string Server => app.App.GetEndpoint("gateway").ToString().TrimEnd('/');

    [Fact(DisplayName = "Sign in with a password from standard input, be known, sign out: the session is over at the server too")]
    public async Task SignInAndOut()
    {
        await using var ccc = new Ccc();

        var said = await ccc.RunWithInputAsync(AgentsApp.AdminPassword, "login", Server, "--email", "admin@localhost", "--password-stdin", "--json");
        var token = JsonNode.Parse(await ReadSessionAsync(ccc))!["access_token"]!.GetValue<string>();
        (await ccc.RunAsync("logout")).Is(0);

        Assert.Equal("admin@localhost", said.Is(0).Json.GetProperty("email").GetString());
        Assert.False(File.Exists(Path.Combine(ccc.ConfigFolder, "session.json")));
        await Eventually.TrueAsync(
            async () => (await app.Anonymous().With(token).GetAsync("/api/v1/auth/me")).Code is 1002, TimeSpan.FromSeconds(5), "the token is no good any more");
    }

    [Fact(DisplayName = "Who was never signed in is signed out")]
    public async Task NeverIn()
    {
        await using var ccc = new Ccc();

        Assert.Equal("Nobody was signed in.\n", (await ccc.RunAsync("logout")).Is(0).Output);
    }

    [Fact(DisplayName = "A wrong password is a sentence and 3, and leaves no session behind")]
    public async Task WrongPassword()
    {
        await using var ccc = new Ccc();

        var said = await ccc.RunWithInputAsync("wrong", "login", Server, "--email", $"{Guid.NewGuid():N}@test.example", "--password-stdin");

        Assert.Equal("ccc: The name or the password is wrong.\n", said.Is(3).Error);
        Assert.False(File.Exists(Path.Combine(ccc.ConfigFolder, "session.json")));
    }

    [Fact(DisplayName = "An API key from standard input does as well")]
    public async Task ApiKey()
    {
        await using var ccc = new Ccc();
        var admin = await app.AdminAsync();
        var key = (await admin.PostAsync("/api/v1/auth/keys", new { name = "ccc" })).Text("key");

        Assert.Contains("admin", (await ccc.RunWithInputAsync(key, "login", Server, "--api-key-stdin")).Is(0).Output, StringComparison.Ordinal);
        (await ccc.RunWithInputAsync("ak_wrong", "login", Server, "--api-key-stdin")).Is(3);
    }

    [Fact(DisplayName = "A session whose access token is over renews itself, also for four commands at once, and again")]
    public async Task Renewal()
    {
        await using var ccc = new Ccc();
        (await ccc.RunWithInputAsync(AgentsApp.AdminPassword, "login", Server, "--email", "admin@localhost", "--password-stdin")).Is(0);
        for (var round = 0; round < 2; round++)
        {
            var session = JsonNode.Parse(await ReadSessionAsync(ccc))!;
            session["access_token_ends"] = "2020-01-01T00:00:00Z";
            await File.WriteAllTextAsync(Path.Combine(ccc.ConfigFolder, "session.json"), session.ToJsonString(), TestContext.Current.CancellationToken);

            var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ccc.RunAsync("agents", "-q")));

            Assert.All(all, said => said.Is(0));
        }
    }

    [Fact(DisplayName = "Who is not signed in hears so, with what to do, and 3")]
    public async Task NotSignedIn()
    {
        await using var ccc = new Ccc();

        foreach (var command in new[] { "agents", "generate-token" })
        {
            Assert.Contains("run 'ccc login", (await ccc.RunAsync(command)).Is(3).Error, StringComparison.Ordinal);
        }

        Assert.Contains("not enrolled", (await ccc.RunAsync("status")).Is(3).Error, StringComparison.Ordinal);
        Assert.Contains("not enrolled", (await ccc.RunAsync("daemon")).Is(3).Error, StringComparison.Ordinal);
    }

    [Fact(DisplayName = "A server that is not there is a sentence and 4; wrong usage is one and 2")]
    public async Task WrongEnds()
    {
        await using var ccc = new Ccc();
        var nowhere = $"http://127.0.0.1:{ServiceProcess.FreePort()}";

        Assert.Contains("nothing listens there", (await ccc.RunWithInputAsync("x", "login", nowhere, "--email", "a@b.example", "--password-stdin")).Is(4).Error, StringComparison.Ordinal);
        Assert.Contains("nothing listens there", (await ccc.RunAsync("connect", "--token", "t", "--server", nowhere)).Is(4).Error, StringComparison.Ordinal);
        Assert.Contains("--help", (await ccc.RunAsync("connnect")).Is(2).Error, StringComparison.Ordinal);
        Assert.Contains("no label", (await ccc.RunAsync("connect", "--token", "t", "--label", "x")).Is(2).Error, StringComparison.Ordinal);
        Assert.Contains("no terminal", (await ccc.RunAsync("login", nowhere, "--email", "a@b.example")).Is(2).Error, StringComparison.Ordinal);
    }

    private static Task<string> ReadSessionAsync(Ccc ccc) =>
        File.ReadAllTextAsync(Path.Combine(ccc.ConfigFolder, "session.json"), TestContext.Current.CancellationToken);
}
