using System.Text.Json;
using Agents.Contracts;
using Agents.Scheduler.Events;
using StackExchange.Redis;

namespace Agents.Scheduler.Dispatch;

/// <summary>What one replica has committed and the others would see only at their next look.</summary>
/// <param name="Queued">Tasks that wait now, with lane and rank.</param>
/// <param name="Freed">Attempts whose place is free.</param>
internal sealed record ColleagueWord(
    string From, IReadOnlyList<QueuedTask>? Queued = null, IReadOnlyList<FreedPlace>? Freed = null);

internal sealed record QueuedTask(long Lane, long Rank, Guid Task);

internal sealed record FreedPlace(Guid Task, int Attempt);

/// <summary>
/// Where Scheduler has replicas they tell each other by Redis what they have committed. What is lost on the way the leader
/// finds by its looks, and followers of events by theirs.
/// </summary>
internal sealed partial class Colleagues(
    IConnectionMultiplexer redis, Leadership leadership, Queues queues, DispatchBell dispatch, EventSignal events, TimeProvider time, ILogger<Colleagues> log)
    : BackgroundService
{
    private const int MostInOne = 500;

    private static readonly RedisChannel Channel = RedisChannel.Literal("scheduler:words");
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

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

            queues.Queued((word.Queued ?? []).Select(task => (task.Lane, task.Rank, task.Task)));
            queues.Freed((word.Freed ?? []).Select(place => (place.Task, place.Attempt)));
            if (word.Queued is not null || word.Freed is not null)
            {
                dispatch.Ring();
            }

            events.Raise();
        }
        catch (JsonException e)
        {
            Log.NotUnderstood(log, e.Message);
        }
    }

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
