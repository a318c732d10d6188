using Npgsql;
using NpgsqlTypes;

namespace Agents.ServiceDefaults.Data;

/// <summary>Parameters by place, typed, so that nothing is boxed and PostgreSQL never guesses.</summary>
public static class Sql
{
    public static NpgsqlCommand Statement(this NpgsqlConnection connection, string sql, NpgsqlTransaction? transaction = null) => new(sql, connection, transaction);

    public static NpgsqlCommand With<T>(this NpgsqlCommand command, T value)
    {
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        return command;
    }

    public static NpgsqlCommand WithText(this NpgsqlCommand command, string? value)
    {
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        return command;
    }

    public static NpgsqlCommand WithTexts(this NpgsqlCommand command, string?[] values) => command.WithArray(values, NpgsqlDbType.Text);

    public static NpgsqlCommand WithJson(this NpgsqlCommand command, string?[] values) => command.WithArray(values, NpgsqlDbType.Json);

    public static NpgsqlCommand WithJsonb(this NpgsqlCommand command, string?[] values) => command.WithArray(values, NpgsqlDbType.Jsonb);

    public static NpgsqlCommand WithTimes(this NpgsqlCommand command, DateTimeOffset?[] values) => command.WithArray(values, NpgsqlDbType.TimestampTz);

    public static NpgsqlCommand WithNumbers(this NpgsqlCommand command, int?[] values) => command.WithArray(values, NpgsqlDbType.Integer);

    public static NpgsqlCommand WithLongs(this NpgsqlCommand command, long?[] values) => command.WithArray(values, NpgsqlDbType.Bigint);

    public static NpgsqlCommand WithDoubles(this NpgsqlCommand command, double?[] values) => command.WithArray(values, NpgsqlDbType.Double);

    public static NpgsqlCommand WithIds(this NpgsqlCommand command, Guid?[] values) => command.WithArray(values, NpgsqlDbType.Uuid);

    public static async Task<List<T>> ListAsync<T>(this NpgsqlCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        List<T> list = [];
        while (await rows.ReadAsync(cancellationToken))
        {
            list.Add(read(rows));
        }

        return list;
    }

    /// <summary>One round trip for all, in their order.</summary>
    public static async Task RunAllAsync(this NpgsqlConnection connection, IEnumerable<NpgsqlCommand> commands, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var command in commands)
        {
            var part = new NpgsqlBatchCommand(command.CommandText);
            foreach (var parameter in command.Parameters.ToArray())
            {
                command.Parameters.Remove(parameter);
                part.Parameters.Add(parameter);
            }

            batch.BatchCommands.Add(part);
            await command.DisposeAsync();
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    public static string? Text(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static DateTimeOffset? Time(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);

    public static int? Number(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt32(column);

    public static Guid? Id(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetGuid(column);

    private static NpgsqlCommand WithArray<T>(this NpgsqlCommand command, T[] values, NpgsqlDbType type)
    {
        command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type });
        return command;
    }
}
