using System.Net.WebSockets;
using System.Text;
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

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    [Fact(DisplayName = "A hundred thousand frames of nonsense, all of them read, change nothing: the hub answers, and its memory does not grow")]
    public async Task Nonsense()
    {
        var admin = await app.AdminAsync();
        var process = Parts.Find("realtime");
        var fleet = new List<Machine>();
        for (var n = 0; n < Devices; n++)
        {
            fleet.Add(await Fleet.EnrolAsync(app, admin));
        }

        await FuzzAsync(fleet, WarmUp, Seed, isFlat: false);
        var before = Parts.ResidentMiB("realtime");
        await FuzzAsync(fleet, Frames, Seed + Devices, isFlat: false);

        await using var device = await app.DeviceSocketAsync(fleet[0]);
        await device.AnswersAsync();
        Assert.Equal(process, Parts.Find("realtime"));
        var after = Parts.ResidentMiB("realtime");
        Assert.True(after - before < MostGrowthMiB, $"seed {Seed}: grew from {before} to {after} MiB");
        TestContext.Current.SendDiagnosticMessage($"resident: {before} MiB, then {after} MiB");
    }

    [Fact(DisplayName = "The same on seed 001's channel: twenty thousand flat frames of nonsense, half of them before anybody has registered")]
    public async Task FlatNonsense()
    {
        var admin = await app.AdminAsync();
        var process = Parts.Find("realtime");
        var fleet = new List<Machine>();
        for (var n = 0; n < Devices; n++)
        {
            fleet.Add(await Fleet.EnrolAsync(app, admin));
        }

        await FuzzAsync(fleet, WarmUp, Seed, isFlat: true);

        await using var agent = await app.FlatAgentAsync(fleet[0], Fleet.NewId("agent"));
        await agent.AnswersAsync();
        Assert.Equal(process, Parts.Find("realtime"));
    }

    private Task FuzzAsync(IReadOnlyList<Machine> fleet, int frames, int seed, bool isFlat) =>
        Task.WhenAll(fleet.Select((device, n) => FuzzAsync(device, frames / Devices, seed + n, isFlat))).WaitAsync(Limit, TestContext.Current.CancellationToken);

    /// <summary>
    /// The hub reads a connection's frames in their order. One that has to end the connection is waited for to do so, and the last
    /// one is an answer's question: so each frame that was sent has been read.
    /// </summary>
    private async Task FuzzAsync(Machine device, int frames, int seed, bool isFlat)
    {
        var mutations = new Mutations(seed);
        Func<Task<HubClient>> open = !isFlat ? () => app.DeviceSocketAsync(device)
            : seed % 2 == 0 ? () => app.FlatSocketAsync(device)
            : () => app.FlatAgentAsync(device, $"fuzzed-{device.Id}");
        var socket = await open();
        for (var sent = 0; sent < frames; sent++)
        {
            var (bytes, type) = isFlat ? mutations.NextFlat() : mutations.Next();
            try
            {
                await socket.SendBytesAsync(bytes, type);
                if (Mutations.Closes(bytes, type) is { } code)
                {
                    var closed = await socket.Closed.WaitAsync(HubClient.Limit);
                    // On a machine as busy as this the last word may get lost on its way. The frame has been read, all the same: it ended the connection.
                    Assert.True(closed == code || closed is 0, $"seed {seed}, frame {sent}, {type} {Convert.ToHexString(bytes)}: closed with {closed}");
                    await socket.DisposeAsync();
                    socket = await open();
                }
            }
            catch (Exception e) when (e is WebSocketException or InvalidOperationException or OperationCanceledException or TimeoutException)
            {
                Assert.Fail($"seed {seed}, frame {sent}, {Encoding.UTF8.GetString(bytes)}: {e.Message}, closed with {(socket.Closed.IsCompleted ? await socket.Closed : null)}");
            }
        }

        await socket.AnswersAsync();
        await socket.DisposeAsync();
    }
}
