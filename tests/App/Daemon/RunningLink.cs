using System.Security.Cryptography;
using Agents.Daemon.Config;
using Agents.Daemon.Link;
using Agents.Daemon.State;
using Agents.Tests.App.Whole;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agents.Tests.App.Daemon;

/// <summary>The daemon's link by itself, on a clock that a test moves; its pauses are as long as they may be.</summary>
internal sealed class RunningLink : IAsyncDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("ccc-link-");
    private readonly CancellationTokenSource _stop = new();

    public RunningLink(string server)
    {
        Folders = new(Path.Combine(_home.FullName, "c"), Path.Combine(_home.FullName, "s"));
        Device = new(server, "device-1", "dt_1", Time.GetUtcNow());
        var clock = new ServerClock(Time);
        ILogger log = NullLogger.Instance;
        Link = new(
            () => Device, null as ServerAddress, new(), new(() => Key, clock, Time), clock, Outbox, Agents, () => new(Agents.ToHeartbeat(), 0.25),
            new(Folders, null, Time, log), Time, () => 1, log);
        Ended = Link.RunAsync(_stop.Token);
    }

    public ManualTime Time { get; } = new();

    public Folders Folders { get; }

    public Enrolment Device { get; set; }

    /// <summary>Read anew, and used up, by each connection.</summary>
    public ECDsa? Key { get; set; }

    public Outbox Outbox { get; } = new();

    public CarriedAgents Agents { get; } = new();

    public DeviceLink Link { get; }

    public Task<LinkEnd> Ended { get; }

    public string? State => LinkReport.Read(Folders)?.State;

    public ValueTask SendAsync(string type, string payload) =>
        Outbox.PutAsync(new(type, System.Text.Encoding.UTF8.GetBytes(payload)), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        // A server that does not answer the goodbye is waited for by the clock that only moves here.
        await Eventually.TrueAsync(
            () =>
            {
                Time.Advance(TimeSpan.FromMilliseconds(100));
                return Task.FromResult(Ended.IsCompleted);
            },
            TimeSpan.FromSeconds(20), "the link ends");
        _stop.Dispose();
        _home.Delete(recursive: true);
    }
}
