using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;

namespace Agents.Registry.Metrics;

/// <summary>Makes room for a time before something of it is written, and takes it away when it is too old.</summary>
internal sealed class Partitions(NpgsqlDataSource postgres)
{
    private const long LockKey = 0x6d65_7472_6963;

    private readonly ConcurrentDictionary<string, bool> _made = new();

    public async Task MakeAsync(MetricStore store, IEnumerable<DateTimeOffset> times, CancellationToken cancellationToken)
    {
        List<DateTimeOffset> missing = [.. times.Select(store.PartitionAt).Distinct().Where(begin => !_made.ContainsKey(store.PartitionName(begin)))];
        if (missing.Count == 0)
        {
            return;
        }

        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // Two replicas that make the same one at once would both fail.
        await RunAsync(connection, $"SELECT pg_advisory_xact_lock({LockKey})", cancellationToken);
        foreach (var begin in missing)
        {
            await RunAsync(
                connection,
                $"CREATE TABLE IF NOT EXISTS {store.PartitionName(begin)} PARTITION OF {store.Table} FOR VALUES FROM ('{Literal(begin)}') TO ('{Literal(begin + store.PartitionOf)}')",
                cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        missing.ForEach(begin => _made[store.PartitionName(begin)] = true);
    }

    /// <summary>Whole partitions whose end is older than this.</summary>
    public async Task<int> DropAsync(MetricStore store, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        var old = (await NamesAsync(connection, store, cancellationToken)).Where(name => EndOf(store, name) <= before).ToList();
        foreach (var name in old)
        {
            await RunAsync(connection, $"DROP TABLE IF EXISTS {name}", cancellationToken);
            _made.TryRemove(name, out _);
        }

        return old.Count;
    }

    private static async Task<List<string>> NamesAsync(NpgsqlConnection connection, MetricStore store, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(MetricSql.Partitions, connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = store.Table });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<string> names = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

    private static DateTimeOffset EndOf(MetricStore store, string name) =>
        DateTimeOffset.ParseExact(name[(store.Table.Length + 1)..], "yyyyMMddHH", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) + store.PartitionOf;

    private static string Literal(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
