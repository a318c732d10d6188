using System.Diagnostics;
using Agents.Contracts.Realtime;
using Agents.Tests.App.Groups;
using Agents.Tests.App.Publishing;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Seeds;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Realtime;

/// <summary>What pages see that are connected to one replica each, of a device that is connected to either.</summary>
public sealed class TwoReplicasTests(TwoReplicas two) : IClassFixture<TwoReplicas>, IClassFixture<SeedClients>
{
    private const int Again = 6;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(20);

    [Fact(DisplayName = "With two replicas an agent at either is seen by pages at both, and one device has one connection in all")]
    public async Task Both()
    {
        var (device, agent) = await two.EnrolAsync();
        var (pages, connections) = (await two.PagesAsync(), new List<HubClient>());
        async Task ConnectAsync() => connections.Add(await two.OpenAsync($"role=device&device_id={device.Id}", device.Api.Token));

        await ConnectAsync();
        await Task.WhenAll(pages.Select(page => page.StatusAsync(agent, "online", Soon)));
        for (var n = 0; n < Again; n++)
        {
            await ConnectAsync();
        }

        await Task.WhenAll(connections.SkipLast(1).Select(former => former.ClosedWithAsync(4409)));
        await connections[^1].AnswersAsync();
        Assert.DoesNotContain(pages.SelectMany(page => page.Waiting()), frame => frame.Payload.ToString().Contains("offline", StringComparison.Ordinal));
        await two.HeldByBothAsync(pages);
        await Task.WhenAll(pages.Concat(connections).Select(socket => socket.DisposeAsync().AsTask()));
    }

    [Fact(DisplayName = "With two replicas pages at both hear of a device at either, and that there is more to ask for when one has died")]
    public async Task Devices()
    {
        var (device, _) = await two.EnrolAsync();
        var pages = await two.PagesAsync();
        var connection = await two.OpenAsync($"role=device&device_id={device.Id}", device.Api.Token);

        await Task.WhenAll(pages.Select(page => page.DeviceAsync(device.Id, "online")));
        await connection.DisposeAsync();
        await Task.WhenAll(pages.Select(page => page.DeviceAsync(device.Id, "offline")));
        await two.HeldByBothAsync(pages);
        await Task.WhenAll(pages.Where(page => !page.Closed.IsCompleted).Select(page => page.NextAsync(FrameType.DeviceStatus, said => said.TryGetProperty("stale", out _), Later)));
        await Task.WhenAll(pages.Select(page => page.DisposeAsync().AsTask()));
    }

    [Fact(DisplayName = "With two replicas a gRPC device at either is seen to come and to go by pages at both")]
    public async Task Grpc()
    {
        var (device, agent) = await two.EnrolAsync();
        var pages = await two.PagesAsync();
        using var stays = Process.Start(new ProcessStartInfo(
            "setpriv", ["--pdeathsig", "SIGKILL", "node", "002/stays.mjs", two.App.GetEndpoint("gateway", "grpc").Authority, device.Id, device.Api.Token!])
        {
            WorkingDirectory = Path.Combine(AppHostProcess.RepositoryRoot, "tests", "Seeds"),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;

        Assert.Equal("connected", await stays.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(HubClient.Limit, TestContext.Current.CancellationToken));
        await Task.WhenAll(pages.Select(page => page.StatusAsync(agent, "online", Soon)));
        await Eventually.TrueAsync(async () => (await two.Admin.GetAsync($"/api/v1/devices/{device.Id}")).Text("status") is "online", Soon + Soon, "Registry knows");
        stays.StandardInput.Close();
        await stays.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(HubClient.Limit, TestContext.Current.CancellationToken);

        Assert.Equal(0, stays.ExitCode);
        await Task.WhenAll(pages.Select(page => page.StatusAsync(agent, "offline")));
        await two.HeldByBothAsync(pages);
        await Task.WhenAll(pages.Select(page => page.DisposeAsync().AsTask()));
    }

    [Fact(DisplayName = "With two replicas agents of seed 001 at either talk in one group: each hears what the others say, in the same order")]
    public async Task Flat()
    {
        var group = Fleet.NewId("group");
        List<HubClient> agents = [];
        for (var n = 0; n < Again; n++)
        {
            var (device, agent) = await two.EnrolAsync();
            agents.Add(await (await HubClient.OpenAsync(two.App.GetEndpoint("gateway"), $"/ws/network?token={device.Api.Token}")).RegisteredAsync(agent));
            await agents[n].SayAsync(new { type = "join_group", group_id = group });
        }

        await Eventually.TrueAsync(
            async () => (await two.Admin.GetAsync($"/api/v1/groups/{group}/members")) is { Status: 200 } members && members.Data.GetProperty("total").GetInt32() == Again, Soon + Soon, "all are in");
        await Task.WhenAll(agents.Select((agent, n) => agent.SayAsync(new { type = "message", group_id = group, content = $"number {n}" })));

        var log = await LogAsync(group);
        for (var n = 0; n < Again; n++)
        {
            List<string> heard = [];
            while (heard.Count < Again - 1)
            {
                heard.Add((await agents[n].NextAsync("message")).Content());
            }

            Assert.Equal(log.Where(content => content != $"number {n}"), heard);
        }

        await Task.WhenAll(agents.Select(agent => agent.DisposeAsync().AsTask()));
    }

    private async Task<IReadOnlyList<string>> LogAsync(string group)
    {
        IReadOnlyList<string> log = [];
        await Eventually.TrueAsync(async () => (log = [.. (await two.Admin.EntriesAsync(group)).Select(entry => entry.Content())]).Count == Again, Soon + Soon, "all is stored");
        return log;
    }
}
