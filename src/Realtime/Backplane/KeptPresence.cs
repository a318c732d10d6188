using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Registry;
using Agents.Realtime.Presence;
using StackExchange.Redis;

namespace Agents.Realtime.Backplane;

/// <summary>What each process has, as a hash in Redis, for those that start or were cut off.</summary>
internal sealed class KeptPresence(IConnectionMultiplexer redis, Instance instance)
{
    private const int MostAtOnce = 500;

    public static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(15);

    private readonly string _own = KeyOf(instance.Id);

    public async Task ChangeAsync(IReadOnlyCollection<PresenceChange> changes)
    {
        var database = redis.GetDatabase();
        var gone = changes.Where(change => change.Status is PresenceStatus.Offline).Select(change => (RedisValue)change.Agent.Id).ToArray();
        var there = changes.Where(change => change.Status is not PresenceStatus.Offline).Select(Entry).ToArray();
        await Task.WhenAll(
            gone.Length > 0 ? database.HashDeleteAsync(_own, gone) : Task.CompletedTask,
            there.Length > 0 ? database.HashSetAsync(_own, there) : Task.CompletedTask);
    }

    /// <summary>False where there is nothing that could be kept on.</summary>
    public Task<bool> KeepOnAsync() => redis.GetDatabase().KeyExpireAsync(_own, KeptFor);

    public async Task KeepAllAsync(IReadOnlyList<PresenceChange> online)
    {
        var database = redis.GetDatabase();
        // What is there first, so that nobody finds it empty meanwhile.
        foreach (var part in online.Chunk(MostAtOnce))
        {
            await database.HashSetAsync(_own, [.. part.Select(Entry)]);
        }

        var there = online.Select(change => change.Agent.Id).ToHashSet();
        var gone = (await database.HashKeysAsync(_own)).Where(id => !there.Contains(id!)).ToArray();
        if (gone.Length > 0)
        {
            await database.HashDeleteAsync(_own, gone);
        }

        await database.KeyExpireAsync(_own, KeptFor);
    }

    public async Task<IReadOnlyList<PresenceChange>> OfAsync(string other) =>
        [.. (await redis.GetDatabase().HashValuesAsync(KeyOf(other))).Select(kept => JsonSerializer.Deserialize<PresenceChange>((string)kept!, WireJson.Options)).OfType<PresenceChange>()];

    private static string KeyOf(string instance) => $"realtime:presence:{instance}";

    private static HashEntry Entry(PresenceChange change) => new(change.Agent.Id, JsonSerializer.Serialize(change, WireJson.Options));
}
