using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Registry;
using Npgsql;
using NpgsqlTypes;

namespace Agents.Registry.Metrics;

/// <summary>Whose figures: a device's or an agent's.</summary>
internal readonly record struct MetricOwner(string DeviceId, string AgentId);

internal sealed class MetricReader(NpgsqlDataSource postgres)
{
    public async Task<IReadOnlyList<MetricItem>> ReadAsync(
        MetricOwner owner, string name, IReadOnlyDictionary<string, string> labels, MetricPlan plan, CancellationToken cancellationToken)
    {
        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        var series = await SeriesAsync(connection, owner, name, labels, cancellationToken);
        if (series.Count == 0)
        {
            return [];
        }

        // Its beginning goes with the batch, so that all this is one round trip more, for its end.
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var command = new NpgsqlBatchCommand(
            plan.Store == MetricStore.Points ? MetricSql.ReadPoints : plan.Store == MetricStore.Minutes ? MetricSql.ReadMinutes : MetricSql.ReadHours);
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. series] });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = plan.From });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = plan.To });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = plan.Step, NpgsqlDbType = NpgsqlDbType.Interval });
        await using var batch = new NpgsqlBatch(connection, transaction) { BatchCommands = { new NpgsqlBatchCommand(MetricSql.Alone), command } };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        List<MetricItem> items = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            var count = reader.GetInt64(5);
            items.Add(new(
                reader.GetFieldValue<DateTimeOffset>(0), reader.GetDouble(1), reader.GetDouble(2) / count, reader.GetDouble(3), reader.GetDouble(4), count));
        }

        return items;
    }

    public async Task<MetricNames> NamesAsync(MetricOwner owner, Paging paging, CancellationToken cancellationToken)
    {
        var (total, full) = await CountAsync(owner, cancellationToken);
        await using var command = postgres.CreateCommand(MetricSql.ReadNames);
        AddOwner(command, owner);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = paging.Size });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = paging.Skip });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<MetricName> names = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            // Null where its last value went away in this very moment.
            if (!await reader.IsDBNullAsync(2, cancellationToken))
            {
                names.Add(new(
                    reader.GetString(0), JsonSerializer.Deserialize<Dictionary<string, string>>(reader.GetString(1), WireJson.Options)!,
                    reader.GetDouble(3), reader.GetFieldValue<DateTimeOffset>(2)));
            }
        }

        return new(names, total, full);
    }

    private async Task<(long Total, bool Full)> CountAsync(MetricOwner owner, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(MetricSql.CountNames);
        AddOwner(command, owner);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = SeriesIds.MostOfADevice });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt64(0), reader.GetBoolean(1));
    }

    private static async Task<List<int>> SeriesAsync(
        NpgsqlConnection connection, MetricOwner owner, string name, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(MetricSql.FindSeries, connection);
        AddOwner(command, owner);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = JsonSerializer.Serialize(labels, WireJson.Options) });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<int> series = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            series.Add(reader.GetInt32(0));
        }

        return series;
    }

    private static void AddOwner(NpgsqlCommand command, MetricOwner owner)
    {
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = owner.DeviceId });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = owner.AgentId });
    }
}
