using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Realtime;
using Agents.Contracts.Registry;
using Agents.Realtime.Hub;
using Agents.Realtime.Presence;
using StackExchange.Redis;

namespace Agents.Realtime.Backplane;

/// <summary>What one process of this service tells the others.</summary>
/// <param name="Joined">Keys of peers that have connected to it, with their connection's id: an older one elsewhere is closed.</param>
internal sealed record Word(string Instance, IReadOnlyDictionary<string, string>? Joined = null, IReadOnlyList<PresenceChange>? Changes = null);

/// <summary>
/// Where there are several of us: each tells the others by Redis who came to it and what changed, twice a second that it
/// lives, and keeps what it has in a hash for those that start or were cut off.
/// </summary>
internal sealed partial class Backplane(
    IConnectionMultiplexer redis, Neighbours neighbours, PresenceBook presence, Connections connections, Instance instance, TimeProvider time, ILogger<Backplane> log)
    : BackgroundService
{
    private const string Processes = "realtime:processes";
    private const int MostInOneWord = 500;

    private static readonly RedisChannel Channel = RedisChannel.Literal("realtime:words");
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(15);

    private bool _failing = true;

    private string Kept => KeyOf(instance.Id);

    /// <summary>Changes of our own, for the others. What does not arrive is in the hash.</summary>
    public async Task TellAsync(IReadOnlyList<PresenceChange> changes)
    {
        if (_failing)
        {
            // Once it is back, everybody is told everything.
            return;
        }

        try
        {
            var database = redis.GetDatabase();
            foreach (var part in changes.Chunk(MostInOneWord))
            {
                var gone = part.Where(change => change.Status is PresenceStatus.Offline).Select(change => (RedisValue)change.Agent.Id).ToArray();
                var there = part.Where(change => change.Status is not PresenceStatus.Offline).Select(Entry).ToArray();
                await Task.WhenAll(
                    gone.Length > 0 ? database.HashDeleteAsync(Kept, gone) : Task.CompletedTask,
                    there.Length > 0 ? database.HashSetAsync(Kept, there) : Task.CompletedTask);
                await SayAsync(new(instance.Id, Changes: part));
            }
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            Failed(e);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        connections.Added += TellJoined;
        using var timer = new PeriodicTimer(Beat, time);
        var listening = false;
        do
        {
            try
            {
                if (!listening)
                {
                    await redis.GetSubscriber().SubscribeAsync(Channel, (_, word) => Take(word));
                    listening = true;
                }

                await LiveAsync();
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(e);
            }

            neighbours.Forget(SilentAfter);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    /// <summary>That we live; after a failure, and where somebody is new to us, everything anew.</summary>
    private async Task LiveAsync()
    {
        var database = redis.GetDatabase();
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        await database.SortedSetAddAsync(Processes, instance.Id, now);
        await database.SortedSetRemoveRangeByScoreAsync(Processes, double.NegativeInfinity, now - KeptFor.TotalMilliseconds);
        await SayAsync(new(instance.Id));
        // The hash is gone where Redis was started anew, and there was something in it.
        if ((!await database.KeyExpireAsync(Kept, KeptFor) && presence.Online(_ => true).Count > 0) || _failing)
        {
            await KeepAllAsync(database);
        }

        foreach (var other in await database.SortedSetRangeByScoreAsync(Processes, now - SilentAfter.TotalMilliseconds))
        {
            if (other != instance.Id && (_failing || !neighbours.Knows(other!)))
            {
                neighbours.ToldAll(other!, [.. (await database.HashValuesAsync(KeyOf(other!))).Select(Change).OfType<PresenceChange>()]);
            }
        }

        _failing = false;
    }

    private async Task KeepAllAsync(IDatabase database)
    {
        await database.KeyDeleteAsync(Kept);
        foreach (var part in presence.Online(_ => true).Chunk(MostInOneWord))
        {
            await database.HashSetAsync(Kept, [.. part.Select(Entry)]);
        }

        await database.KeyExpireAsync(Kept, KeptFor);
    }

    private void Take(RedisValue said)
    {
        try
        {
            var word = JsonSerializer.Deserialize<Word>((string)said!, WireJson.Options)!;
            if (word.Instance == instance.Id)
            {
                return;
            }

            foreach (var (key, connectionId) in word.Joined ?? new Dictionary<string, string>())
            {
                // Ids rise with time, so of two that join at once both processes keep the same one.
                if (connections.Find(key) is { } mine && string.CompareOrdinal(mine.Id, connectionId) < 0)
                {
                    mine.Close(CloseCode.Replaced, "replaced by a newer connection");
                }
            }

            if (neighbours.Knows(word.Instance))
            {
                neighbours.Heard(word.Instance);
                neighbours.Told(word.Instance, word.Changes ?? []);
            }
        }
        catch (JsonException e)
        {
            Log.NotUnderstood(log, e.Message);
        }
    }

    private void TellJoined(Connection connection) =>
        _ = SayJoinedAsync(new(instance.Id, Joined: new Dictionary<string, string> { [connection.Peer.Key] = connection.Id }));

    private async Task SayJoinedAsync(Word word)
    {
        try
        {
            await SayAsync(word);
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            Failed(e);
        }
    }

    private Task SayAsync(Word word) => redis.GetSubscriber().PublishAsync(Channel, JsonSerializer.Serialize(word, WireJson.Options));

    private void Failed(Exception e)
    {
        if (!_failing)
        {
            Log.RedisLost(log, e.Message);
        }

        _failing = true;
    }

    private static string KeyOf(string instance) => $"realtime:presence:{instance}";

    private static HashEntry Entry(PresenceChange change) => new(change.Agent.Id, JsonSerializer.Serialize(change, WireJson.Options));

    private static PresenceChange? Change(RedisValue kept) => JsonSerializer.Deserialize<PresenceChange>((string)kept!, WireJson.Options);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Redis can't be reached; the other processes are told all when it is back: {Reason}")]
        public static partial void RedisLost(ILogger log, string reason);

        [LoggerMessage(LogLevel.Warning, "A word of another process was not understood: {Reason}")]
        public static partial void NotUnderstood(ILogger log, string reason);
    }
}
