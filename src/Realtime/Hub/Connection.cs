using Agents.Contracts.Realtime;

namespace Agents.Realtime.Hub;

/// <summary>One peer on one wire, whatever it speaks.</summary>
internal sealed partial class Connection(Peer peer, IDialect dialect, ILink link, HubOptions options, TimeProvider time, ILogger log)
{
    /// <summary>No oftener is the other end asked what it has received.</summary>
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(1);

    private readonly Outbox _outbox = new(link, options, time);
    private int _told;
    private long _closingSince;
    private long _askedAt;
    private long _heardAt = time.GetTimestamp();

    /// <summary>Raised where somebody listens and the wire has a way to ask: the peer has received all frames up to this number.</summary>
    public event Action<long>? Confirmed;

    /// <summary>Rises with time.</summary>
    public string Id { get; private set; } = NewId(time);

    public Peer Peer { get; private set; } = peer;

    public IDialect Dialect => dialect;

    public TimeSpan SilentFor => time.GetElapsedTime(Volatile.Read(ref _heardAt));

    /// <summary>When the next heartbeat is asked for. The beat's own.</summary>
    public long NextBeatAt { get; set; }

    /// <summary>The number of the last frame that was put in to be sent, which <see cref="Confirmed"/> tells of.</summary>
    public long LastPut => _outbox.LastPut;

    /// <summary>
    /// It has said who it is, and nobody knew of it before. Its id is as young as that: by their ids Scheduler knows whose word
    /// counts, and it counts from now on.
    /// </summary>
    public void Become(Peer named)
    {
        Peer = named;
        Id = NewId(time);
    }

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
    /// <param name="lastWords">A message that says why, where the dialect has it.</param>
    public void Close(int code, string reason, object? lastWords = null)
    {
        if (_outbox.Close(code, reason, lastWords is null ? null : dialect.Encode(lastWords)))
        {
            Volatile.Write(ref _closingSince, time.GetTimestamp());
            Log.Closing(log, Peer.Key, Id, code, reason);
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

    /// <summary>Looked at each half second: what was sent is asked for, where somebody wants to know. The beat's own.</summary>
    public void AskIfSent()
    {
        if (Confirmed is not null && link.CanAsk && _outbox.HasUnasked && time.GetElapsedTime(_askedAt) >= AskEvery)
        {
            _askedAt = time.GetTimestamp();
            link.Answered = Answered;
            _outbox.Ask();
        }
    }

    /// <summary>The first fault of each kind is worth a line in the log; a peer that repeats it fills no disk.</summary>
    public void Tell(FaultKind kind, string what)
    {
        if ((Interlocked.Or(ref _told, (int)kind) & (int)kind) == 0)
        {
            Log.Misbehaves(log, Peer.Key, Id, kind, what);
        }
    }

    /// <summary>Nobody can have received what it was not asked for.</summary>
    private void Answered(long number)
    {
        if (number <= _outbox.LastAsked)
        {
            Confirmed?.Invoke(number);
        }
    }

    private static string NewId(TimeProvider time) => Guid.CreateVersion7(time.GetUtcNow()).ToString();

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
