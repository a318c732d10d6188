using System.Diagnostics;
using System.Net.Sockets;
using Agents.Bench.Figures;
using Agents.Bench.Load;

namespace Agents.Bench.Tasks;

/// <summary>
/// Submits over kept connections, each with its next one as soon as it has the answer to the last, until there are as many
/// tasks as wanted. One thread drives them all, as in <see cref="HttpLoad"/>, and notes each id that it was answered.
/// </summary>
internal sealed class SubmitLoad(Uri gateway, IReadOnlyList<byte[]> requests, int connections, int each, Ledger ledger)
{
    private const int WaitMicroseconds = 100_000;

    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(20);

    public Task<Turn> RunAsync(int tasks, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<Turn>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                done.SetResult(Run(tasks, cancellationToken));
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        })
        {
            IsBackground = true,
            Name = "submits",
        }.Start();
        return done.Task;
    }

    private Turn Run(int tasks, CancellationToken cancellationToken)
    {
        var clients = new Dictionary<Socket, TaskClient>();
        for (var i = 0; i < connections; i++)
        {
            var client = new TaskClient(gateway);
            clients.Add(client.Socket, client);
        }

        try
        {
            return Drive(clients, tasks, cancellationToken);
        }
        finally
        {
            foreach (var client in clients.Values)
            {
                client.Dispose();
            }
        }
    }

    private Turn Drive(Dictionary<Socket, TaskClient> clients, int tasks, CancellationToken cancellationToken)
    {
        var latencies = new Latencies();
        var (start, cpu) = (Stopwatch.GetTimestamp(), ThreadCpu.Seconds());
        var (sent, heard) = (0, start);
        var waiting = new HashSet<Socket>();
        foreach (var client in clients.Values.Where(_ => sent < tasks))
        {
            waiting.Add(client.Socket);
            SendNext(client);
        }

        var ready = new List<Socket>();
        while (waiting.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ready.Clear();
            ready.AddRange(waiting);
            Socket.Select(ready, null, null, WaitMicroseconds);
            heard = ready.Count > 0 ? Stopwatch.GetTimestamp() : heard;
            if (Stopwatch.GetElapsedTime(heard) > AnswerLimit)
            {
                throw new TimeoutException($"{waiting.Count} submits were not answered in {AnswerLimit}.");
            }

            foreach (var client in ready.Select(socket => clients[socket]))
            {
                if (!client.TryReceive(ledger.Submitted, each))
                {
                    continue;
                }

                latencies.Add(Stopwatch.GetTimestamp() - client.SentAt);
                if (sent < tasks)
                {
                    SendNext(client);
                }
                else
                {
                    waiting.Remove(client.Socket);
                }
            }
        }

        return new(latencies, Stopwatch.GetElapsedTime(start), ThreadCpu.Seconds() - cpu);

        void SendNext(TaskClient client)
        {
            client.Send(requests[sent / each % requests.Count]);
            sent += each;
        }
    }
}
