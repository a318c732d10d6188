using Npgsql;
using NpgsqlTypes;

namespace Agents.ServiceDefaults.Audit;

/// <summary>For changes that are made by plain SQL: the entry goes by the same connection, within the same transaction.</summary>
public static class AuditSql
{
    private const string Insert =
        """
        INSERT INTO audit_outbox (id, at, actor, address, request_id, action, target, outcome, detail) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """;

    public static async Task AddAuditAsync(this NpgsqlConnection connection, AuditEntry entry, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Insert, connection)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = entry.Id },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = entry.At },
                new NpgsqlParameter<string> { TypedValue = entry.Actor },
                new NpgsqlParameter<string> { TypedValue = entry.Address },
                new NpgsqlParameter<string> { TypedValue = entry.RequestId },
                new NpgsqlParameter<string> { TypedValue = entry.Action },
                new NpgsqlParameter<string> { TypedValue = entry.Target },
                new NpgsqlParameter<string> { TypedValue = entry.Outcome },
                new NpgsqlParameter { Value = (object?)entry.Detail ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
            },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
