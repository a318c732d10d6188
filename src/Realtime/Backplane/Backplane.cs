using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Realtime;
using Agents.Realtime.Hub;
using Agents.Realtime.Presence;
using StackExchange.Redis;

namespace Agents.Realtime.Backplane;

/// <summary>
/// Where there are several of us: each tells the others by Redis who came to it and what changed, twice a second that it
/// lives, and keeps what it has in a hash for those that start or were cut off.
/// </summary>
internal sealed partial class Backplane(
    IConnectionMultiplexer redis, KeptPresence kept, Neighbours neighbours, DeviceNews news, PresenceBook presence, Connections connections, Instance instance, TimeProvider time,
    ILogger<Backplane> log)
    : BackgroundService
{
    private const string Processes = "realtime:processes";
    private const int MostInOneWord = 500;

    private static readonly RedisChannel Channel = RedisChannel.Literal("realtime:words");
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(6);

    private bool _failing = true;
    private bool _missed;
    private long _number;

    /// <summary>Changes of our own, for the others. What does not arrive is in the hash.</summary>
    public async Task TellAsync(IReadOnlyList<PresenceChange> changes)
    {
        if (_failing)
        {
            _missed = true;
            return;
        }

        try
        {
            foreach (var part in changes.Chunk(MostInOneWord))
            {
                await kept.ChangeAsync(part);
                await SayAsync(new(instance.Id, Interlocked.Increment(ref _number), Changes: part));
            }
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            _missed = true;
            Failed(e);
        }
    }

    /// <summary>What does not arrive is asked for when we hear each other again.</summary>
    public async Task TellAsync(IReadOnlyList<OwnedDevice> devices)
    {
        foreach (var part in devices.Chunk(MostInOneWord))
        {
            if (!await TrySayAsync(new(instance.Id, Volatile.Read(ref _number), Devices: part)))
            {
                _missed = true;
                return;
            }
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
                    // One after the other, in the order in which they were said.
                    (await redis.GetSubscriber().SubscribeAsync(Channel)).OnMessage(word => Take(word.Message));
                    listening = true;
                }

                await LiveAsync();
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(e);
            }

            if (_failing)
            {
                // It is we who are cut off: nobody can be heard.
                neighbours.Wait();
            }
            else if (neighbours.Forget(SilentAfter))
            {
                news.Missed();
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    /// <summary>That we live; after a failure, and where somebody is new to us, everything anew.</summary>
    private async Task LiveAsync()
    {
        var database = redis.GetDatabase();
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        await database.SortedSetAddAsync(Processes, instance.Id, now);
        await database.SortedSetRemoveRangeByScoreAsync(Processes, double.NegativeInfinity, now - KeptPresence.KeptFor.TotalMilliseconds);
        // The hash is gone where Redis was started anew, and there was something in it.
        if ((!await kept.KeepOnAsync() && presence.Online(_ => true).Count > 0) || _failing || _missed)
        {
            _missed = false;
            await kept.KeepAllAsync(presence.Online(_ => true));
            // A gap, by which the others see that there is something to read.
            Interlocked.Increment(ref _number);
        }

        // After the hash: whoever finds by the number that he has missed something reads it at once.
        await SayAsync(new(instance.Id, Volatile.Read(ref _number)));
        if (_failing)
        {
            foreach (var part in connections.All.Chunk(MostInOneWord))
            {
                var joined = part.GroupBy(c => c.Peer.Key).ToDictionary(same => same.Key, same => same.Max(c => c.Id)!);
                await SayAsync(new(instance.Id, Volatile.Read(ref _number), Joined: joined));
            }
        }

        foreach (var other in await database.SortedSetRangeByScoreAsync(Processes, now - SilentAfter.TotalMilliseconds))
        {
            if (other != instance.Id && (neighbours.IsDoubtful(other!, out var asOf) || _failing))
            {
                neighbours.ToldAll(other!, asOf, await kept.OfAsync(other!));
                news.Missed();
            }
        }

        _failing = false;
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
                if (connections.Find(key) is { } mine && string.CompareOrdinal(mine.Id, connectionId) is var order and not 0)
                {
                    if (order < 0)
                    {
                        mine.Close(CloseCode.Replaced, "replaced by a newer connection");
                    }
                    else
                    {
                        // They don't know of ours, which is newer.
                        TellJoined(mine);
                    }
                }
            }

            neighbours.Heard(word.Instance, word.Number, word.Changes);
            news.Heard(word.Devices ?? []);
        }
        catch (JsonException e)
        {
            Log.NotUnderstood(log, e.Message);
        }
    }

    private void TellJoined(Connection connection) =>
        _ = TrySayAsync(new(instance.Id, Volatile.Read(ref _number), Joined: new Dictionary<string, string> { [connection.Peer.Key] = connection.Id }));

    private async Task<bool> TrySayAsync(Word word)
    {
        try
        {
            await SayAsync(word);
            return true;
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            Failed(e);
            return false;
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

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Redis can't be reached; the other processes are told all when it is back: {Reason}")]
        public static partial void RedisLost(ILogger log, string reason);

        [LoggerMessage(LogLevel.Warning, "A word of another process was not understood: {Reason}")]
        public static partial void NotUnderstood(ILogger log, string reason);
    }
}
