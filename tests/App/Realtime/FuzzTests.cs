using System.Net.WebSockets;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Realtime;

[Collection(WholeApp.Name)]
public sealed class FuzzTests(AgentsApp app)
{
    private const int Devices = 16;
    private const int WarmUp = 20_000;
    private const int Frames = 100_000;
    private const int MostGrowthMiB = 50;
    private const int Seed = 20_261_121;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact(DisplayName = "A hundred thousand frames of nonsense change nothing: the hub answers, and its memory does not grow")]
    public async Task Nonsense()
    {
        var admin = await app.AdminAsync();
        var process = Parts.Find("realtime");
        var fleet = new List<Machine>();
        for (var n = 0; n < Devices; n++)
        {
            fleet.Add(await Fleet.EnrolAsync(app, admin));
        }

        await FuzzAsync(fleet, WarmUp, Seed);
        var before = Parts.ResidentMiB("realtime");
        await FuzzAsync(fleet, Frames, Seed + Devices);

        await using var device = await app.DeviceSocketAsync(fleet[0]);
        await device.AnswersAsync();
        Assert.Equal(process, Parts.Find("realtime"));
        var after = Parts.ResidentMiB("realtime");
        Assert.True(after - before < MostGrowthMiB, $"seed {Seed}: grew from {before} to {after} MiB");
        TestContext.Current.SendDiagnosticMessage($"resident: {before} MiB, then {after} MiB");
    }

    private Task FuzzAsync(IReadOnlyList<Machine> fleet, int frames, int seed) =>
        Task.WhenAll(fleet.Select((device, n) => FuzzAsync(device, frames / Devices, seed + n))).WaitAsync(Limit, TestContext.Current.CancellationToken);

    private async Task FuzzAsync(Machine device, int frames, int seed)
    {
        var mutations = new Mutations(seed);
        var socket = await app.DeviceSocketAsync(device);
        for (var sent = 0; sent < frames; sent++)
        {
            var (bytes, type) = mutations.Next();
            try
            {
                await socket.SendBytesAsync(bytes, type);
            }
            catch (Exception e) when (e is WebSocketException or InvalidOperationException or OperationCanceledException or TimeoutException)
            {
                // Closed for a frame before this one, which is what some of them are for.
                Assert.True(await socket.Closed.WaitAsync(HubClient.Limit) is 1003 or 1007 or 1009 or 0, $"seed {seed}, frame {sent}: closed with {await socket.Closed}");
                await socket.DisposeAsync();
                socket = await app.DeviceSocketAsync(device);
                sent--;
            }
        }

        await socket.DisposeAsync();
    }
}
