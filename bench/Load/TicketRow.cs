using System.Security.Cryptography;
using Npgsql;
using NpgsqlTypes;

namespace Agents.Bench.Load;

/// <summary>The row that <c>POST auth/ws-ticket</c> commits, for a table of the same columns and indexes beside the real one.</summary>
internal static class TicketRow
{
    private static readonly string[] Roles = ["user"];

    public static async Task CreateTableAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("CREATE TABLE bench_tickets (LIKE socket_tickets INCLUDING ALL)");
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static NpgsqlCommand Insert() => new(
        "INSERT INTO bench_tickets (hash, user_id, session_id, roles, version, expires_at) VALUES ($1, $2, $3, $4, $5, now() + interval '30 seconds')")
    {
        Parameters =
        {
            new NpgsqlParameter<byte[]> { NpgsqlDbType = NpgsqlDbType.Bytea },
            new NpgsqlParameter<string> { TypedValue = Guid.CreateVersion7().ToString() },
            new NpgsqlParameter<string> { TypedValue = Guid.CreateVersion7().ToString() },
            new NpgsqlParameter<string[]> { TypedValue = Roles },
            new NpgsqlParameter<int> { TypedValue = 1 },
        },
    };

    /// <summary>A row is a new one by its hash.</summary>
    public static void Fill(NpgsqlCommand command) => ((NpgsqlParameter<byte[]>)command.Parameters[0]).TypedValue = RandomNumberGenerator.GetBytes(32);
}
