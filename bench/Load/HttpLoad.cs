using System.Diagnostics;
using System.Net.Sockets;
using Agents.Bench.Figures;

namespace Agents.Bench.Load;

/// <summary>
/// Requests over plain sockets, all driven by one thread that waits for whichever has an answer: it shares the cores with
/// what it measures, so it does nothing that it can leave out, and counts what it takes.
/// </summary>
internal sealed class HttpLoad(Uri server, IReadOnlyList<byte[]> requests, int connections, int status = 200) : ILoad
{
    private const int WaitMicroseconds = 100_000;

    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    public Task<Turn> RunAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<Turn>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                done.SetResult(Run(duration, cancellationToken));
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        })
        {
            IsBackground = true,
            Name = "load",
        }.Start();
        return done.Task;
    }

    private Turn Run(TimeSpan duration, CancellationToken cancellationToken)
    {
        var clients = new Dictionary<Socket, Client>();
        try
        {
            for (var i = 0; i < connections; i++)
            {
                var client = new Client(server, requests[i % requests.Count]);
                clients.Add(client.Socket, client);
            }

            return Drive(clients, duration, cancellationToken);
        }
        finally
        {
            foreach (var client in clients.Values)
            {
                client.Dispose();
            }
        }
    }

    private Turn Drive(Dictionary<Socket, Client> clients, TimeSpan duration, CancellationToken cancellationToken)
    {
        var latencies = new Latencies();
        var (start, cpu) = (Stopwatch.GetTimestamp(), ThreadCpu.Seconds());
        var end = start + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var waiting = new HashSet<Socket>(clients.Keys);
        foreach (var client in clients.Values)
        {
            client.Send();
        }

        var ready = new List<Socket>();
        while (waiting.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ready.Clear();
            ready.AddRange(waiting);
            Socket.Select(ready, null, null, WaitMicroseconds);
            var now = Stopwatch.GetTimestamp();
            if (ready.Count == 0 && Stopwatch.GetElapsedTime(end, now) > AnswerLimit)
            {
                throw new TimeoutException($"{server} has not answered {waiting.Count} requests in {AnswerLimit}.");
            }

            foreach (var socket in ready)
            {
                var client = clients[socket];
                if (client.Receive(status) is not { } sentAt)
                {
                    continue;
                }

                var at = Stopwatch.GetTimestamp();
                latencies.Add(at - sentAt);
                if (at < end)
                {
                    client.Send();
                }
                else
                {
                    waiting.Remove(socket);
                }
            }
        }

        return new(latencies, Stopwatch.GetElapsedTime(start), ThreadCpu.Seconds() - cpu);
    }

    private sealed class Client : IDisposable
    {
        private readonly byte[] _request;
        private readonly byte[] _answer = new byte[32 * 1024];
        private int _received;
        private long _sentAt;

        public Client(Uri server, byte[] request)
        {
            _request = request;
            Socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            Socket.Connect(server.Host, server.Port);
        }

        public Socket Socket { get; }

        public void Dispose() => Socket.Dispose();

        public void Send()
        {
            _sentAt = Stopwatch.GetTimestamp();
            Socket.Send(_request);
        }

        /// <summary>When the request was sent to which the answer is now complete, else null.</summary>
        public long? Receive(int status)
        {
            var read = Socket.Receive(_answer.AsSpan(_received));
            if (read == 0)
            {
                throw new IOException("The server closed the connection.");
            }

            _received += read;
            var answer = _answer.AsSpan(0, _received);
            if (HttpReply.LengthOf(answer) is 0)
            {
                return null;
            }

            _received = 0;
            // A refusal is quick, and would be praised for it.
            return HttpReply.StatusOf(answer) == status
                ? _sentAt
                : throw new InvalidOperationException($"Expected {status}: {System.Text.Encoding.UTF8.GetString(answer)}");
        }
    }
}
