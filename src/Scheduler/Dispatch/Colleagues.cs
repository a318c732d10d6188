using System.Collections.Concurrent;
using System.Text.Json;
using Agents.Contracts;
using Agents.Scheduler.Budgets;
using Agents.Scheduler.Events;
using StackExchange.Redis;

namespace Agents.Scheduler.Dispatch;

/// <summary>
/// Where Scheduler has replicas they tell each other by Redis what they have committed. What is lost on the way the leader
/// finds by its looks, and followers of events by theirs.
/// </summary>
internal sealed partial class Colleagues(
    IConnectionMultiplexer redis, Leadership leadership, Queues queues, Asks asks, DispatchBell dispatch, EventSignal events, BudgetBook budgets, TimeProvider time,
    ILogger<Colleagues> log)
    : BackgroundService
{
    private const int MostInOne = 500;

    private static readonly RedisChannel Channel = RedisChannel.Literal("scheduler:words");
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>The leader gives up sooner than this, or is none.</summary>
    private static readonly TimeSpan AskLimit = TimeSpan.FromSeconds(4);

    private readonly ConcurrentDictionary<string, TaskCompletionSource<Fit?>> _asked = new();
    private readonly string _me = Guid.NewGuid().ToString();

    public void AreQueued(IReadOnlyCollection<(long Lane, long Rank, Guid Task)> tasks)
    {
        if (!leadership.Leads)
        {
            foreach (var part in tasks.Chunk(MostInOne))
            {
                Say(new(_me, Queued: [.. part.Select(task => new QueuedTask(task.Lane, task.Rank, task.Task))]));
            }
        }
    }

    public void AreFree(IEnumerable<(Guid Task, int Attempt)> places)
    {
        if (!leadership.Leads)
        {
            foreach (var part in places.Chunk(MostInOne))
            {
                Say(new(_me, Freed: [.. part.Select(place => new FreedPlace(place.Task, place.Attempt))]));
            }
        }
    }

    /// <summary>One word after the other is heard in the order in which they are said.</summary>
    public void HaveUsed(IReadOnlyList<Used> used)
    {
        if (!leadership.Leads)
        {
            foreach (var part in used.Chunk(MostInOne))
            {
                Say(new(_me, Used: part));
            }
        }
    }

    /// <summary>Asks whoever leads. Null: no answer came, or none that says anything.</summary>
    public async Task<Fit?> AskAsync(Ask ask, CancellationToken cancellationToken)
    {
        var answer = _asked[ask.Name] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            Say(new(_me, Ask: ask));
            return await answer.Task.WaitAsync(AskLimit, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return null;
        }
        finally
        {
            _asked.TryRemove(ask.Name, out _);
        }
    }

    public void Happened() => Say(new(_me));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await redis.GetSubscriber().SubscribeAsync(Channel, (_, word) => Take(word));
                return;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Log.NotHeard(log, e.Message);
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Take(RedisValue said)
    {
        try
        {
            var word = JsonSerializer.Deserialize<ColleagueWord>((string)said!, WireJson.Options)!;
            if (word.From == _me)
            {
                return;
            }

            budgets.Heard(word.Used ?? []);
            queues.Queued((word.Queued ?? []).Select(task => (task.Lane, task.Rank, task.Task)));
            queues.Freed((word.Freed ?? []).Select(place => (place.Task, place.Attempt)));
            if (word.Queued is not null || word.Freed is not null)
            {
                dispatch.Ring();
            }

            if (word.Ask is { } ask && leadership.Leads)
            {
                _ = AnswerAsync(ask);
            }

            if (word.Asked is { } answer && _asked.TryGetValue(answer.Name, out var waits))
            {
                waits.TrySetResult(answer.Fit);
            }

            events.Raise();
        }
        catch (JsonException e)
        {
            Log.NotUnderstood(log, e.Message);
        }
    }

    private async Task AnswerAsync(Ask ask) => Say(new(_me, Asked: new(ask.Name, await asks.AskAsync(ask, CancellationToken.None))));

    private void Say(ColleagueWord word) => _ = SayAsync(word);

    private async Task SayAsync(ColleagueWord word)
    {
        try
        {
            await redis.GetSubscriber().PublishAsync(Channel, JsonSerializer.Serialize(word, WireJson.Options), CommandFlags.FireAndForget);
        }
        catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException)
        {
            Log.NotHeard(log, e.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Redis can't be reached: the replicas see of each other at their next look: {Reason}")]
        public static partial void NotHeard(ILogger log, string reason);

        [LoggerMessage(LogLevel.Warning, "A word of another replica was not understood: {Reason}")]
        public static partial void NotUnderstood(ILogger log, string reason);
    }
}
