using System.Net.WebSockets;
using Agents.Tests.App.Hosting;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Realtime;

[Collection(WholeApp.Name)]
public sealed class FuzzTests(AgentsApp app)
{
    private const int Seed = 20_261_121;
    private const int WarmUp = 20_000;
    private const int Frames = 100_000;
    private const int Senders = 4;
    private const long MayGrowKilobytes = 50 * 1024;

    [Fact(DisplayName = "After 100,000 fuzzed frames Realtime answers as before, in the same process, and has grown by less than 50 MB")]
    public async Task Fuzzed()
    {
        var devices = await Task.WhenAll(Enumerable.Range(0, Senders).Select(async _ => await Fleet.EnrolAsync(app, await app.AdminAsync())));
        await using var bystander = await HubSocket.DeviceAsync(app, await Fleet.EnrolAsync(app, await app.AdminAsync()));
        var process = ProcessTree.Below(Environment.ProcessId).Single(id => ProcessTree.CommandLine(id).Contains("Agents.Realtime.dll", StringComparison.Ordinal));

        await SendAllAsync(devices, WarmUp, Seed);
        var before = ResidentKilobytes(process);
        await SendAllAsync(devices, Frames, Seed + Senders);
        await bystander.AnswersAsync();

        var grown = ResidentKilobytes(process) - before;
        Assert.True(grown < MayGrowKilobytes, $"seed {Seed}: grown by {grown} kB");
        TestContext.Current.SendDiagnosticMessage($"fuzz: {before} kB, grown by {grown} kB");
    }

    private Task SendAllAsync(Machine[] devices, int frames, int seed) =>
        Task.WhenAll(devices.Select((device, i) => SendAsync(device, frames / devices.Length, new Random(seed + i))));

    /// <summary>A frame that ends the connection is one of those to be tried: it goes on with a new one.</summary>
    private async Task SendAsync(Machine device, int frames, Random random)
    {
        HubSocket? socket = null;
        for (var sent = 0; sent < frames; sent++)
        {
            socket = socket is { Raw.State: WebSocketState.Open } ? socket : await AnewAsync(socket);
            try
            {
                await socket.SendRawAsync(FuzzedFrame.Next(random), random.Next(500) == 0 ? WebSocketMessageType.Binary : WebSocketMessageType.Text);
            }
            catch (Exception e) when (e is WebSocketException or OperationCanceledException && !TestContext.Current.CancellationToken.IsCancellationRequested)
            {
                // Closed meanwhile.
            }
        }

        await socket!.DisposeAsync();

        async Task<HubSocket> AnewAsync(HubSocket? former)
        {
            await (former?.DisposeAsync() ?? ValueTask.CompletedTask);
            return await HubSocket.DeviceAsync(app, device);
        }
    }

    private static long ResidentKilobytes(int process) =>
        long.Parse(File.ReadLines($"/proc/{process}/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], System.Globalization.CultureInfo.InvariantCulture);
}
