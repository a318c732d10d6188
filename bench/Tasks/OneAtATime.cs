using System.Diagnostics;
using Agents.Bench.Figures;
using Agents.Contracts.Realtime;

namespace Agents.Bench.Tasks;

/// <summary>How long the steps of one task take while nothing else is to be done.</summary>
internal sealed class OneAtATime(Uri gateway, string admin, WorkForce force, SubmitRequests requests, Ledger ledger)
{
    private const int Samples = 400;
    private const int Cancels = 100;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>No multiple of what anybody gathers for, so that every phase of that is met.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(7);

    public Latencies Acknowledged { get; } = new(Samples);

    /// <summary>The submit's first byte is sent → <c>task/submit</c> stands at the device.</summary>
    public Latencies Started { get; } = new(Samples);

    /// <summary>The device sends the result → <c>task/state</c> done stands in a person's socket.</summary>
    public Latencies Shown { get; } = new(Samples);

    /// <summary>The request to cancel is sent → <c>task/cancel</c> stands at the device.</summary>
    public Latencies Canceled { get; } = new(Cancels);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var (given, shown) = (new Awaited(), new Awaited());
        using var watcher = await StateWatcher.ConnectAsync(gateway, admin, (task, at) => shown.Came(at), cancellationToken);
        using var client = new TaskClient(gateway);
        var single = requests.Single(force.Agents);
        force.Listen((frame, at) => given.Came(at));
        ledger.Expect(Samples);
        for (var n = 0; n < Samples; n++)
        {
            var (start, end) = (given.Next(), shown.Next());
            ledger.Submitted(client.Ask(single[n % single.Count]));
            Acknowledged.Add(Stopwatch.GetTimestamp() - client.SentAt);
            var startedAt = await start.WaitAsync(Limit, cancellationToken);
            Started.Add(startedAt - client.SentAt);
            Shown.Add(await end.WaitAsync(Limit, cancellationToken) - startedAt);
            await Task.Delay(Between, cancellationToken);
        }

        await ledger.AllAsync(Limit, cancellationToken);
        force.Listen(null);
    }

    public async Task CancelAsync(CancellationToken cancellationToken)
    {
        var (given, stopped) = (new Awaited(), new Awaited());
        using var client = new TaskClient(gateway);
        force.Hold(true);
        force.Listen((frame, at) => (frame.Type is FrameType.TaskCancel ? stopped : given).Came(at));
        for (var n = 0; n < Cancels; n++)
        {
            var (start, stop) = (given.Next(), stopped.Next());
            var task = client.Ask(requests.First(force.Agents[n % force.Agents.Count]));
            await start.WaitAsync(Limit, cancellationToken);
            await Task.Delay(Between * 3, cancellationToken);
            client.Ask(requests.Cancel(task), status: 200);
            Canceled.Add(await stop.WaitAsync(Limit, cancellationToken) - client.SentAt);
            await Task.Delay(Between, cancellationToken);
        }

        force.Listen(null);
        force.Hold(false);
    }

    /// <summary>The moment of what comes next.</summary>
    private sealed class Awaited
    {
        private TaskCompletionSource<long> _next = new();

        public Task<long> Next()
        {
            var next = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _next, next);
            return next.Task;
        }

        public void Came(long at) => Volatile.Read(ref _next).TrySetResult(at);
    }
}
