using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Daemon;

/// <summary>From a bare machine to an agent that works, by nothing but the program: what docs/devices.md shows.</summary>
[Collection(WholeApp.Name)]
public sealed class HiringTests(AgentsApp app)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly string _name = $"shell-{Guid.NewGuid():N}"[..16];

    [Fact(DisplayName = "A machine is enrolled, a post is made, an agent of it is hired, and it does what it is told, all at the terminal and by names")]
    public async Task Hired()
    {
        await using var ccc = await SignedInAsync();
        var token = (await ccc.RunAsync("generate-token", "--device-id", _name)).Is(0).Output.Trim();
        (await ccc.RunAsync("connect", "--token", token, "--device-id", _name, "--server", app.App.GetEndpoint("gateway").ToString())).Is(0);
        ccc.Start("daemon");
        (await ccc.RunAsync("posts", "new", _name, "--description", "does what it is told", "--", "/bin/sh", "-s")).Is(0);
        var hired = (await ccc.RunAsync("hire", _name, "--device", _name, "--name", "{post}-{n}")).Is(0).Output;
        Assert.Contains($"{_name}-1", hired, StringComparison.Ordinal);

        var run = ccc.Start("run", "echo \"hello from $0\"", "--post", _name, "--follow");
        Assert.Equal("hello from /bin/sh\n", (await run.EndedAsync(Limit)).Is(0).Output);
        Assert.Contains("does what it is told", (await ccc.RunAsync("posts", "--query", _name)).Is(0).Output, StringComparison.Ordinal);
        Assert.Contains(_name, (await ccc.RunAsync("tasks", "--agent", $"{_name}-1", "--json")).Is(0).Output, StringComparison.Ordinal);
    }

    [Fact(DisplayName = "What a post can't be is said with the field, a name that nobody or more than one has is said, and so is that no device is there")]
    public async Task Wrong()
    {
        await using var ccc = await SignedInAsync();
        Assert.Contains("runner", (await ccc.RunAsync("posts", "new", _name, "--runner", "abacus")).Is(1).Error, StringComparison.Ordinal);
        Assert.Contains("TOOL=allow", (await ccc.RunAsync("posts", "new", _name, "--tool", "Bash")).Is(2).Error, StringComparison.Ordinal);
        Assert.Contains("no post", (await ccc.RunAsync("hire", "nobody-knows-it")).Is(1).Error, StringComparison.Ordinal);
        Assert.Contains("--count or --device", (await ccc.RunAsync("hire", "x", "-n", "2", "--device", "d")).Is(2).Error, StringComparison.Ordinal);

        (await ccc.RunAsync("posts", "new", _name, "--runner", "claude", "--model", "opus", "--tool", "Bash=ask")).Is(0);
        Assert.Contains("exists already", (await ccc.RunAsync("posts", "new", _name)).Is(1).Error, StringComparison.Ordinal);
        Assert.Contains("devices[0] there is no", (await ccc.RunAsync("hire", _name, "--device", "nowhere")).Is(1).Error, StringComparison.Ordinal);
        var admin = await app.AdminAsync();
        foreach (var _ in Enumerable.Range(0, 2))
        {
            (await admin.PostAsync("/api/v1/agents", new { name = $"twin-{_name}" })).Is(201, 0);
        }

        Assert.Contains("2 are called", (await ccc.RunAsync("send", $"twin-{_name}", "hello")).Is(2).Error, StringComparison.Ordinal);
    }

    private async Task<Ccc> SignedInAsync()
    {
        var ccc = new Ccc();
        (await ccc.SignInAsync(app)).Is(0);
        return ccc;
    }
}
