using System.Buffers.Text;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Agents.Bench.Load;

namespace Agents.Bench.Tasks;

/// <summary>One kept connection to the gateway, with one request under way at a time.</summary>
internal sealed class TaskClient : IDisposable
{
    private const int Accepted = 202;
    private const int GuidLength = 36;

    private readonly byte[] _answer = new byte[256 * 1024];
    private int _received;

    public TaskClient(Uri gateway)
    {
        Socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Socket.Connect(gateway.Host, gateway.Port);
    }

    public Socket Socket { get; }

    public long SentAt { get; private set; }

    public void Send(byte[] request)
    {
        SentAt = Stopwatch.GetTimestamp();
        Socket.Send(request);
    }

    /// <summary>True when the answer is complete: so many ids of tasks were in it, and each was told.</summary>
    public bool TryReceive(Action<Guid> submitted, int count)
    {
        if (Answer(Accepted) is not { IsEmpty: false } answer)
        {
            return false;
        }

        var found = 0;
        for (var at = 0; answer[at..].IndexOf("\"task_id\":\""u8) is >= 0 and var next; found++)
        {
            at += next + "\"task_id\":\"".Length;
            submitted(Utf8Parser.TryParse(answer.Slice(at, GuidLength), out Guid id, out _) ? id : throw new FormatException("A task has an id that is no GUID."));
        }

        return found == count ? true : throw new InvalidOperationException($"{count} tasks were to be accepted: {Encoding.UTF8.GetString(answer)}");
    }

    /// <summary>One request and its answer, with the thread waiting for it: the answer's first task where one is named.</summary>
    public Guid Ask(byte[] request, int status = Accepted)
    {
        Send(request);
        var task = Guid.Empty;
        if (status == Accepted)
        {
            while (!TryReceive(id => task = id, 1))
            {
            }
        }
        else
        {
            while (Answer(status).IsEmpty)
            {
            }
        }

        return task;
    }

    public void Dispose() => Socket.Dispose();

    /// <summary>Empty where some of it is still to come.</summary>
    private ReadOnlySpan<byte> Answer(int status)
    {
        var read = Socket.Receive(_answer.AsSpan(_received));
        if (read == 0)
        {
            throw new IOException("The gateway closed the connection.");
        }

        _received += read;
        var answer = _answer.AsSpan(0, _received);
        if (HttpReply.LengthOf(answer) is 0)
        {
            return [];
        }

        _received = 0;
        // A refusal is quick, and would be praised for it.
        return HttpReply.StatusOf(answer) == status ? answer : throw new InvalidOperationException($"Expected {status}: {Encoding.UTF8.GetString(answer)}");
    }
}
