using System.Collections.Concurrent;
using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Scheduler;
using Npgsql;

namespace Agents.Scheduler.Dispatch;

/// <summary>
/// The lanes by their number. A lane that nobody used for a day and that holds nothing is forgotten by the sweep, so what
/// is kept here is asked for anew each hour, which says that it is in use.
/// </summary>
internal sealed class Lanes(NpgsqlDataSource postgres, TimeProvider time)
{
    private const int MaxKept = 100_000;

    private const string Take =
        """
        INSERT INTO lanes (key, agent_id, post_id, owner, requires, used_at)
        SELECT DISTINCT ON (k.key) k.key, k.agent_id, k.post_id, k.owner, k.requires, now()
        FROM unnest($1, $2, $3, $4, $5) AS k (key, agent_id, post_id, owner, requires)
        ORDER BY k.key
        ON CONFLICT (key) DO UPDATE SET used_at = now()
        RETURNING key, id
        """;

    private const string Read = "SELECT id, agent_id, post_id, owner, requires FROM lanes WHERE id = ANY ($1)";

    private static readonly TimeSpan FreshFor = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<LaneKey, (long Id, long At)> _byKey = new();
    private readonly ConcurrentDictionary<long, LaneKey> _byId = new();

    public bool TryGet(LaneKey key, out long id)
    {
        var known = _byKey.TryGetValue(key, out var kept) && time.GetElapsedTime(kept.At) < FreshFor;
        id = kept.Id;
        return known;
    }

    /// <summary>Makes those that aren't there yet.</summary>
    public async Task MakeAsync(IReadOnlyCollection<LaneKey> keys, CancellationToken cancellationToken)
    {
        var now = time.GetTimestamp();
        var byText = keys.Distinct().ToDictionary(key => key.Text);
        await using var command = postgres.CreateCommand(Take)
            .WithTexts([.. byText.Keys])
            .WithTexts([.. byText.Values.Select(key => key.AgentId)])
            .WithTexts([.. byText.Values.Select(key => key.PostId)])
            .WithTexts([.. byText.Values.Select(key => key.Owner)])
            .WithJson([.. byText.Values.Select(key => key.RequiresJson)]);
        foreach (var (text, id) in await command.ListAsync(row => (row.GetString(0), row.GetInt64(1)), cancellationToken))
        {
            Keep(byText[text], id, now);
        }
    }

    public LaneKey? Find(long id) => _byId.GetValueOrDefault(id);

    /// <summary>Makes sure that <see cref="Find"/> knows them.</summary>
    public async Task LearnAsync(IEnumerable<long> ids, CancellationToken cancellationToken)
    {
        long[] unknown = [.. ids.Where(id => !_byId.ContainsKey(id))];
        if (unknown.Length == 0)
        {
            return;
        }

        await using var command = postgres.CreateCommand(Read).With(unknown);
        foreach (var (id, key) in await command.ListAsync(row => (row.GetInt64(0), KeyOf(row)), cancellationToken))
        {
            _byId[id] = key;
        }
    }

    private static LaneKey KeyOf(NpgsqlDataReader row) => new(
        row.Text(1), row.Text(2), row.Text(3), row.Text(4) is { } json ? JsonSerializer.Deserialize<Requirements>(json, WireJson.Options) : null);

    /// <summary>To be found from now on without a look into the table.</summary>
    internal void Keep(LaneKey key, long id, long now)
    {
        if (_byKey.Count >= MaxKept)
        {
            _byKey.Clear();
        }

        _byKey[key] = (id, now);
        _byId[id] = key;
    }
}
