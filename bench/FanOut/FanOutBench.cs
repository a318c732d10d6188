using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using Agents.Bench.Devices;
using Agents.Bench.Figures;
using Agents.Bench.Subject;
using Npgsql;

namespace Agents.Bench.FanOut;

/// <summary>How long it takes until one message stands in the sockets of all members of a large group.</summary>
internal static class FanOutBench
{
    /// <summary>Not counted: code is compiled meanwhile.</summary>
    private const int WarmUp = 5;

    private static readonly TimeSpan ConnectLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan RoundLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);

    public static async Task<int> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        await using var agents = await RunningAgents.StartAsync(cancellationToken);
        await using (var registry = NpgsqlDataSource.Create(await agents.ConnectionStringAsync("registrydb", cancellationToken)))
        {
            await registry.EnrolAsync(options.Count, cancellationToken);
        }

        await using (var realtime = NpgsqlDataSource.Create(await agents.ConnectionStringAsync("realtimedb", cancellationToken)))
        {
            await realtime.JoinAsync(options.Count, cancellationToken);
        }

        using var http = new HttpClient { BaseAddress = agents.Gateway };
        http.DefaultRequestHeaders.Authorization = new("Bearer", await agents.AdminAsync(cancellationToken));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(ConnectLimit);

        Round? round = null;
        var marker = "group/message"u8.ToArray();
        using var fleet = new Fleet(options.Count);
        foreach (var device in fleet.Devices)
        {
            device.Heard = bytes =>
            {
                if (bytes.IndexOf(marker) >= 0)
                {
                    Volatile.Read(ref round)?.Heard();
                }
            };
        }

        await fleet.ConnectAsync(agents.Realtime, limit.Token);
        // The first is in the log before some are sent it: they read it when they come.
        round = new(options.Count);
        await SayAsync(http, "first", cancellationToken);
        await AllAsync(round, limit.Token);

        var (first, last, bare) = (new Latencies(), new Latencies(), new Latencies());
        var frame = Encoding.UTF8.GetBytes(new string('x', 420));
        using var room = await BareRoom.OpenAsync(options.Count, () => Volatile.Read(ref round)?.Heard(), limit.Token);
        for (var n = 0; n < WarmUp + options.Rounds; n++)
        {
            Volatile.Write(ref round, new(options.Count));
            await SayAsync(http, $"message {n}", cancellationToken);
            await AllAsync(round, cancellationToken);
            var ours = round;
            await Task.Delay(Between, cancellationToken);

            Volatile.Write(ref round, new(options.Count));
            await room.SendAsync(frame, cancellationToken);
            await AllAsync(round, cancellationToken);
            if (n >= WarmUp)
            {
                first.Add(ours.First);
                last.Add(ours.Last);
                bare.Add(round.Last);
            }

            await Task.Delay(Between, cancellationToken);
        }

        Write(options, fleet.Lost, first, last, bare);
        return fleet.Lost == 0 ? 0 : 1;
    }

    private static async Task SayAsync(HttpClient http, string content, CancellationToken cancellationToken)
    {
        using var said = await http.PostAsJsonAsync($"/api/v1/groups/{Members.Group}/messages", new { content }, cancellationToken);
        said.EnsureSuccessStatusCode();
    }

    private static async Task AllAsync(Round round, CancellationToken cancellationToken)
    {
        if (await Task.WhenAny(round.All, Task.Delay(RoundLimit, cancellationToken)) != round.All)
        {
            throw new TimeoutException($"{round.Left} have not been sent the message after {RoundLimit.TotalSeconds:0} s.");
        }
    }

    private static void Write(BenchOptions options, int lost, Latencies first, Latencies last, Latencies bare)
    {
        void Row(string name, string value) => Console.WriteLine($"| {name} | {value} |");
        string Milliseconds(Latencies of) => string.Create(
            CultureInfo.InvariantCulture, $"{of.Percentile(0.5).TotalMilliseconds:0.0} / {of.Percentile(0.95).TotalMilliseconds:0.0} / {of.Percentile(1).TotalMilliseconds:0.0}");

        Row($"one message to {options.Count:N0} sockets, {options.Rounds} times", "p50 / p95 / worst, ms");
        Row("---", "--:");
        Row("said → the first has it", Milliseconds(first));
        Row("said → the last has it", Milliseconds(last));
        Row("raw: the same to as many bare sockets", Milliseconds(bare));
        Row("lost", lost.ToString(CultureInfo.InvariantCulture));
    }
}
