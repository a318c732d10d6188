using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Daemon;

/// <summary>How a machine becomes a device of the whole application, by commands alone.</summary>
[Collection(WholeApp.Name)]
public sealed class FleetTests(AgentsApp app)
{
    private readonly string _device = $"box-{Guid.NewGuid():N}"[..16];

    private string Server => app.App.GetEndpoint("gateway").ToString().TrimEnd('/');

    [Fact(DisplayName = "An operator makes a token, a machine enrols with it, and the server knows what it is and can")]
    public async Task Enrol()
    {
        await using var op = await OperatorAsync();
        await using var machine = new Ccc();

        var token = (await op.RunAsync("generate-token", "--expires", "10m")).Is(0).Output.Trim();
        var said = (await machine.RunAsync("connect", "--token", token, "--server", Server, "--device-id", _device, "--label", "rack=7", "--concurrency", "3")).Is(0);

        Assert.Contains($"enrolled at {Server} as {_device}", said.Output, StringComparison.Ordinal);
        var device = await (await app.AdminAsync()).GetAsync($"/api/v1/devices/{_device}");
        Assert.Equal(("linux", 3, "7"), (device.Text("os"), device.Data.GetProperty("concurrency").GetInt32(), device.Data.GetProperty("labels").GetProperty("rack").GetString()));
        Assert.Contains("git", device.Data.GetProperty("capabilities").EnumerateArray().Select(capability => capability.GetString()));
        Assert.NotEqual("", device.Text("key_id"));
    }

    [Fact(DisplayName = "The same token from the same machine is the same success; from another it is a sentence and 3")]
    public async Task Again()
    {
        await using var op = await OperatorAsync();
        await using var machine = new Ccc();
        await using var thief = new Ccc();
        var token = (await op.RunAsync("generate-token")).Is(0).Output.Trim();
        string[] connect = ["connect", "--token", token, "--server", Server, "--device-id", _device];

        (await machine.RunAsync(connect)).Is(0);
        var first = await File.ReadAllTextAsync(Path.Combine(machine.StateFolder, "device.json"), TestContext.Current.CancellationToken);
        (await machine.RunAsync(connect)).Is(0);

        Assert.Contains("generate-token", (await thief.RunAsync(connect)).Is(3).Error, StringComparison.Ordinal);
        var second = await File.ReadAllTextAsync(Path.Combine(machine.StateFolder, "device.json"), TestContext.Current.CancellationToken);
        Assert.Equal(DeviceToken(first), DeviceToken(second));
    }

    [Fact(DisplayName = "A machine that claims another's id is told how it would get it, and with a token made for it does")]
    public async Task Ghost()
    {
        await using var op = await OperatorAsync();
        await using var machine = new Ccc();
        await using var other = new Ccc();
        async Task<Said> ConnectAsync(Ccc who, params string[] how) => await who.RunAsync(
            "connect", "--server", Server, "--device-id", _device, "--token", (await op.RunAsync(["generate-token", .. how])).Is(0).Output.Trim());
        (await ConnectAsync(machine)).Is(0);

        Assert.Contains($"generate-token --device-id {_device}", (await ConnectAsync(other)).Is(1).Error, StringComparison.Ordinal);

        (await ConnectAsync(other, "--device-id", _device)).Is(0);
    }

    [Fact(DisplayName = "Who may not make tokens hears so; who asks for one that is good for ever, too")]
    public async Task NotAllowed()
    {
        await using var ccc = new Ccc();
        var person = await app.PersonAsync("user");
        (await ccc.RunWithInputAsync(Person.Password, "login", Server, "--email", person.Email, "--password-stdin")).Is(0);

        Assert.Contains("Not allowed", (await ccc.RunAsync("generate-token")).Is(1).Error, StringComparison.Ordinal);
        Assert.Contains("at most 7d", (await ccc.RunAsync("generate-token", "--expires", "30d")).Is(2).Error, StringComparison.Ordinal);
    }

    [Fact(DisplayName = "Agents are listed as a table, as ids and as JSON")]
    public async Task Agents()
    {
        await using var op = await OperatorAsync();
        var name = $"a-{_device}";
        var id = (await (await app.AdminAsync()).PostAsync("/api/v1/agents", new { name, type = "claude", capabilities = new[] { "review" } })).Text("id");

        var table = (await op.RunAsync("agents")).Is(0).Output.Split('\n');
        var ids = (await op.RunAsync("agents", "-q")).Is(0).Output.Split('\n');
        var json = (await op.RunAsync("agents", "--json")).Is(0).Json;
        var online = (await op.RunAsync("agents", "--online", "-q")).Is(0).Output.Split('\n');

        Assert.Matches($@"^{name}\s+offline\s+claude\s+-\s+0/1\s+review\s+{id}\s*$", table.Single(line => line.Contains(name, StringComparison.Ordinal)));
        Assert.Contains(id, ids);
        Assert.Contains(json.GetProperty("items").EnumerateArray(), agent => agent.GetProperty("id").GetString() == id);
        Assert.DoesNotContain(id, online);
    }

    private static string DeviceToken(string state) => System.Text.Json.JsonDocument.Parse(state).RootElement.GetProperty("device_token").GetString()!;

    private async Task<Ccc> OperatorAsync()
    {
        var person = await app.PersonAsync("operator");
        var ccc = new Ccc();
        (await ccc.RunWithInputAsync(Person.Password, "login", Server, "--email", person.Email, "--password-stdin")).Is(0);
        return ccc;
    }
}
