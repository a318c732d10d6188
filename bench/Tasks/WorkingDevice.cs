using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Agents.Bench.Devices;
using Agents.Contracts.Realtime;

namespace Agents.Bench.Tasks;

/// <summary>
/// A device that accepts each task and answers with a result at once, or holds it. It shares the cores with what it measures:
/// a bare socket, and what was answered to one read goes out in one write.
/// </summary>
internal sealed class WorkingDevice(string id, string token, Ledger ledger) : IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly ConcurrentDictionary<Guid, int> _unacknowledged = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly ArrayBufferWriter<byte> _answers = new();
    private readonly CancellationTokenSource _ended = new();
    private byte[] _received = new byte[256 * 1024];
    private Task _living = Task.CompletedTask;

    /// <summary>It takes a task, and gives no result.</summary>
    public volatile bool Holds;

    /// <summary>It takes nothing more.</summary>
    public volatile bool Rests;

    /// <summary>A task has come, or is to be stopped: which, and when.</summary>
    public Action<TaskFrame, long>? Heard { get; set; }

    public bool IsIdle => _unacknowledged.IsEmpty;

    public async Task ConnectAsync(Uri server, CancellationToken cancellationToken)
    {
        await _socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, server.Port), cancellationToken);
        await _socket.SendAsync(ClientFrames.Handshake(server, id, token), cancellationToken);
        var (length, end) = (0, -1);
        while ((end = _received.AsSpan(0, length).IndexOf(ClientFrames.EndOfHead)) < 0)
        {
            var read = await _socket.ReceiveAsync(_received.AsMemory(length), cancellationToken);
            length += read;
            if (read == 0 || !_received.AsSpan().StartsWith(ClientFrames.Accepted))
            {
                throw new InvalidOperationException($"{id} was not let in: {Encoding.ASCII.GetString(_received, 0, length)}");
            }
        }

        var head = end + ClientFrames.EndOfHead.Length;
        _received.AsSpan(head, length - head).CopyTo(_received);
        _living = Task.WhenAll(ReadAsync(length - head), BeatAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _socket.Dispose();
        await _living.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ended.Dispose();
    }

    private async Task ReadAsync(int length)
    {
        while (true)
        {
            await _sending.WaitAsync(_ended.Token);
            try
            {
                var taken = TakeAll(length);
                length -= taken;
                _received.AsSpan(taken, length).CopyTo(_received);
                await SendAsync(_answers.WrittenMemory);
                _answers.ResetWrittenCount();
            }
            finally
            {
                _sending.Release();
            }

            if (length == _received.Length)
            {
                Array.Resize(ref _received, 2 * length);
            }

            var read = await _socket.ReceiveAsync(_received.AsMemory(length), _ended.Token);
            if (read == 0)
            {
                throw new InvalidOperationException($"{id} was cut off.");
            }

            length += read;
        }
    }

    private int TakeAll(int length)
    {
        var at = 0;
        while (ServerFrames.TryRead(_received.AsSpan(at, length - at), out var payload, out var frame))
        {
            Take(TaskFrame.Read(payload));
            at += frame;
        }

        return at;
    }

    private void Take(TaskFrame frame)
    {
        switch (frame.Type)
        {
            case FrameType.TaskSubmit when !Rests:
                var now = Stopwatch.GetTimestamp();
                ledger.Given(now);
                _unacknowledged[frame.Task] = frame.Attempt;
                _answers.Write(TaskFrame.Accept(frame.Task, frame.Attempt));
                if (!Holds)
                {
                    _answers.Write(TaskFrame.Result(frame.Task, frame.Attempt));
                }

                Heard?.Invoke(frame, now);
                break;
            case FrameType.TaskCancel:
                Heard?.Invoke(frame, Stopwatch.GetTimestamp());
                if (Holds)
                {
                    _unacknowledged.TryRemove(frame.Task, out _);
                    _answers.Write(TaskFrame.Stopped(frame.Task, frame.Attempt));
                }

                break;
            case FrameType.TaskAck when _unacknowledged.TryRemove(frame.Task, out _):
                ledger.Acknowledged(frame.Task, frame.Accepted);
                break;
        }
    }

    /// <summary>What it works on, as docs/protocol.md wants it of a device with work.</summary>
    private async Task BeatAsync()
    {
        using var timer = new PeriodicTimer(Beat);
        while (await timer.WaitForNextTickAsync(_ended.Token))
        {
            await _sending.WaitAsync(_ended.Token);
            try
            {
                await SendAsync(TaskFrame.Running(_unacknowledged));
            }
            finally
            {
                _sending.Release();
            }
        }
    }

    private async Task SendAsync(ReadOnlyMemory<byte> frames)
    {
        while (!frames.IsEmpty)
        {
            frames = frames[await _socket.SendAsync(frames, _ended.Token)..];
        }
    }
}
