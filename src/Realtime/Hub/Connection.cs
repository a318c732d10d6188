using Agents.Contracts.Realtime;

namespace Agents.Realtime.Hub;

/// <summary>One peer on one wire, whatever it speaks.</summary>
internal sealed partial class Connection(Peer peer, IDialect dialect, ILink link, HubOptions options, TimeProvider time, ILogger log)
{
    private readonly Outbox _outbox = new(link, options, time);
    private int _told;
    private long _closingSince;
    private long _heardAt = time.GetTimestamp();

    public string Id { get; } = Guid.CreateVersion7(time.GetUtcNow()).ToString();

    public Peer Peer => peer;

    public IDialect Dialect => dialect;

    public TimeSpan SilentFor => time.GetElapsedTime(Volatile.Read(ref _heardAt));

    /// <summary>When the next heartbeat is asked for. The beat's own.</summary>
    public long NextBeatAt { get; set; }

    public void Heard() => Volatile.Write(ref _heardAt, time.GetTimestamp());

    public void Send(object message)
    {
        if (dialect.Encode(message) is { } frame)
        {
            Send(frame);
        }
    }

    /// <summary>A frame of this connection's dialect.</summary>
    public void Send(byte[] frame)
    {
        if (!_outbox.TryPut(frame))
        {
            Close(CloseCode.TooSlow, "reads too slowly");
        }
    }

    public bool IsClosing => _outbox.IsClosing;

    /// <summary>Nothing more comes: what waits goes out, the close frame where there is one; a peer that takes too long over it is aborted.</summary>
    public async Task EndAsync()
    {
        try
        {
            await _outbox.EndAsync().WaitAsync(options.SendLimit, time);
        }
        catch (TimeoutException)
        {
            link.Abort();
        }
    }

    public bool HasRoom => _outbox.IsHalfEmpty;

    public ValueTask RoomAsync(CancellationToken cancellationToken) => _outbox.RoomAsync(cancellationToken);

    /// <summary>What is being sent goes out, then the code; a peer that does not answer is aborted by the beat.</summary>
    public void Close(int code, string reason)
    {
        if (_outbox.Close(code, reason))
        {
            Volatile.Write(ref _closingSince, time.GetTimestamp());
            Log.Closing(log, peer.Key, Id, code, reason);
        }
    }

    /// <summary>Looked at each second: a connection that sends for too long, or does not end when told, is ended.</summary>
    public void EndIfStuck()
    {
        if (_outbox.IsStuck)
        {
            Close(CloseCode.TooSlow, "reads too slowly");
            link.Abort();
        }
        else if (Volatile.Read(ref _closingSince) is var since and not 0 && time.GetElapsedTime(since) > options.SendLimit / 2)
        {
            link.Abort();
        }
    }

    /// <summary>The first fault of each kind is worth a line in the log; a peer that repeats it fills no disk.</summary>
    public void Tell(FaultKind kind, string what)
    {
        if ((Interlocked.Or(ref _told, (int)kind) & (int)kind) == 0)
        {
            Log.Misbehaves(log, peer.Key, Id, kind, what);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Peer} on {Connection} is closed with {Code}: {Reason}")]
        public static partial void Closing(ILogger log, string peer, string connection, int code, string reason);

        [LoggerMessage(LogLevel.Warning, "{Peer} on {Connection}: {Kind}: {What}. Further ones of this kind are not logged")]
        public static partial void Misbehaves(ILogger log, string peer, string connection, FaultKind kind, string what);
    }
}

[Flags]
internal enum FaultKind
{
    BadFrame = 1,
    WrongMessage = 2,
    NotItsOwn = 4,
    BadSignature = 8,
    TooFast = 16,
    HandlerFailed = 32,
}
