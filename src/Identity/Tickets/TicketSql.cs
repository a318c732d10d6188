using Npgsql;

namespace Agents.Identity.Tickets;

internal static class TicketSql
{
    /// <summary>
    /// One statement looks at the account and stores the ticket: one way to the database, and one commit.
    /// False where there is no such account, or it is disabled.
    /// </summary>
    public static async Task<bool> InsertAsync(
        this NpgsqlDataSource postgres, byte[] hash, string userId, string sessionId, string[] roles, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(
            """
            INSERT INTO socket_tickets (hash, user_id, session_id, roles, version, expires_at)
            SELECT $1, id, $2, $3, version, $4 FROM users WHERE id = $5 AND NOT disabled
            """);
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = hash });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = sessionId });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = roles });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = expiresAt });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = userId });
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }
}
