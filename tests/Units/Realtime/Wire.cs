using System.Text;
using Agents.Contracts.Realtime.Groups;
using Agents.Contracts.Registry;
using Agents.Realtime.Hub;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agents.Tests.Units.Realtime;

/// <summary>The other end of a connection, which reads as fast as a test lets it.</summary>
internal sealed class Wire : ILink, IDialect
{
    private static readonly TimeSpan SentLimit = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _reads = new(0);
    private readonly SemaphoreSlim _sent = new(0);

    public List<string> Sent { get; } = [];

    public bool CanAsk { get; init; }

    /// <summary>As a pong would.</summary>
    public Action<long>? Answered { get; set; }

    public (int Code, string Reason)? Closed { get; private set; }

    public bool Aborted { get; private set; }

    public Connection Connect(Peer peer, HubOptions options, TimeProvider time) => new(peer, this, this, options, time, NullLogger.Instance);

    public void Read(int frames) => _reads.Release(frames);

    /// <summary>When so many frames have gone out.</summary>
    public async Task SentAsync(int frames)
    {
        while (Sent.Count < frames)
        {
            Assert.True(await _sent.WaitAsync(SentLimit, TestContext.Current.CancellationToken), $"{Sent.Count} of {frames} frames have gone out.");
        }
    }

    public async ValueTask SendAsync(ReadOnlyMemory<byte> frame)
    {
        await _reads.WaitAsync(TestContext.Current.CancellationToken);
        Sent.Add(Encoding.UTF8.GetString(frame.Span));
        _sent.Release();
    }

    public async ValueTask AskAsync(long number) => await SendAsync(Encoding.UTF8.GetBytes($"?{number}"));

    public ValueTask CloseAsync(int code, string reason)
    {
        Closed = (code, reason);
        return ValueTask.CompletedTask;
    }

    public void Abort() => Aborted = true;

    public byte[]? Encode(object message) => Encoding.UTF8.GetBytes(message is GroupEntry entry ? entry.Content : (string)message);

    public Received Decode(ReadOnlySpan<byte> frame) => throw new NotSupportedException();

    public static KnownAgent Agent(string id, string? device = null, string visibility = AgentVisibility.Public, string? owner = null) =>
        new(id, id, "agent", "", owner, visibility, device, null, [], [], new Dictionary<string, string>(), 1, 0);
}
