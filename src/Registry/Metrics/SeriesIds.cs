using Npgsql;

namespace Agents.Registry.Metrics;

/// <summary>The small number that stands for a figure in the tables. Kept, because the same figures come every half minute.</summary>
internal sealed class SeriesIds(TimeProvider time)
{
    /// <summary>A device that shows a new label value with each point is brought to an end here.</summary>
    public const int MostOfADevice = 5_000;

    private const int MaxKept = 500_000;

    /// <summary>Series without points are deleted after a day, so what is kept for less than that is there.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);

    private readonly Dictionary<SeriesKey, int> _kept = [];
    private long _begunAt = time.GetTimestamp();

    /// <summary>Without those that their device may not have any more.</summary>
    public async Task<IReadOnlyDictionary<SeriesKey, int>> FindAsync(NpgsqlConnection postgres, IEnumerable<SeriesKey> keys, CancellationToken cancellationToken)
    {
        if (_kept.Count > MaxKept || time.GetElapsedTime(_begunAt) > KeptFor)
        {
            _kept.Clear();
            _begunAt = time.GetTimestamp();
        }

        List<SeriesKey> unknown = [.. keys.Where(key => !_kept.ContainsKey(key))];
        if (unknown.Count > 0)
        {
            await using var command = new NpgsqlCommand(MetricSql.FindOrMakeSeries, postgres);
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. unknown.Select(key => key.DeviceId)] });
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. unknown.Select(key => key.AgentId)] });
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. unknown.Select(key => key.Name)] });
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. unknown.Select(key => key.Labels)] });
            command.Parameters.Add(new NpgsqlParameter<byte[][]> { TypedValue = [.. unknown.Select(key => key.LabelsHash())] });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = MostOfADevice });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                _kept[unknown[reader.GetInt32(0) - 1]] = reader.GetInt32(1);
            }
        }

        return _kept;
    }

    /// <summary>After a transaction that made some was undone.</summary>
    public void Forget() => _kept.Clear();
}
