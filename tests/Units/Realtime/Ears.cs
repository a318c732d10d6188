using System.Collections.Concurrent;
using Agents.Realtime.Hub;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agents.Tests.Units.Realtime;

/// <summary>The other end of a connection, that keeps the messages themselves and needs no wire.</summary>
internal sealed class Ears : ILink, IDialect
{
    public ConcurrentQueue<object> Heard { get; } = [];

    /// <summary>It can't be told anything.</summary>
    public bool IsBroken { get; init; }

    public Connection Connect(Peer peer, TimeProvider time, HubOptions? options = null) => new(peer, this, this, options ?? new(), time, NullLogger.Instance);

    public static DevicePeer Device(string id, bool takesTasks = true) => new(id, 1, [], takesTasks);

    public byte[]? Encode(object message)
    {
        if (IsBroken)
        {
            throw new InvalidOperationException("no words for it");
        }

        Heard.Enqueue(message);
        return null;
    }

    public Received Decode(ReadOnlySpan<byte> frame) => throw new NotSupportedException();

    public ValueTask SendAsync(ReadOnlyMemory<byte> frame) => ValueTask.CompletedTask;

    public ValueTask CloseAsync(int code, string reason) => ValueTask.CompletedTask;

    public void Abort()
    {
    }
}
