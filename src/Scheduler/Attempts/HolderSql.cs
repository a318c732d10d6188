using Agents.Contracts.Scheduler;
using Agents.Scheduler.Dispatch;
using Npgsql;

namespace Agents.Scheduler.Attempts;

/// <summary>C9 of docs/protocol.md: who is there, and until when its lease holds.</summary>
internal static class HolderSql
{
    /// <summary>Whoever says anything lives. A lease that was renewed a moment ago is left as it is. What came by no Realtime says nothing of one.</summary>
    private const string Heard =
        """
        WITH r AS (
            INSERT INTO realtimes (instance, seen_at) SELECT $1, now() WHERE $1 <> '' ON CONFLICT (instance) DO UPDATE SET seen_at = now()
            WHERE realtimes.seen_at < now() - interval '1 second'
        )
        UPDATE holders h SET lease_until = now() + $3 FROM unnest($2) AS s (holder) WHERE h.holder = ANY (ARRAY[s.holder]) AND h.lease_until < now() + $3 * 0.75
        """;

    /// <summary>Ids of connections rise with time: what an older one says of itself changes nothing.</summary>
    private const string Here =
        """
        INSERT INTO holders (holder, instance, connection, here, takes, lease_until, since, load)
        SELECT s.holder, $1, s.connection, s.here, s.takes, now() + $5, now(), s.load
        FROM unnest($2, $3, $4, $6, $7) AS s (holder, connection, here, load, takes)
        ON CONFLICT (holder) DO UPDATE
        SET instance = excluded.instance, connection = excluded.connection, here = excluded.here, takes = excluded.takes, load = coalesce(excluded.load, holders.load),
            lease_until = CASE WHEN excluded.here THEN excluded.lease_until ELSE holders.lease_until END,
            since = CASE WHEN holders.connection = excluded.connection THEN holders.since ELSE now() END,
            names = holders.names AND holders.connection = excluded.connection
        WHERE holders.connection <= excluded.connection
        RETURNING holder, here
        """;

    private const string AllHere =
        """
        SELECT h.holder, h.instance, coalesce(h.load, 0), h.takes
        FROM holders h JOIN realtimes r ON r.instance = h.instance
        WHERE h.here AND r.seen_at > now() - interval '7 seconds'
        """;

    /// <summary>From now on its lease holds for what it names alone.</summary>
    private const string Names = "UPDATE holders SET names = true WHERE holder = ANY ($1) AND NOT names";

    private const string Forget = "DELETE FROM holders WHERE holder = $1 AND NOT here";

    public static async Task ForgetAsync(this NpgsqlDataSource postgres, string holder, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(Forget).WithText(holder);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task NamesAsync(this NpgsqlConnection connection, string[] holders, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Names).With(holders);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task HeardAsync(
        this NpgsqlConnection connection, string instance, string[] holders, TimeSpan lease, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Heard).With(instance).With(holders).With(lease);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Of those whose word counted: whether it is here.</summary>
    public static async Task<List<(string Holder, bool Here)>> HereAsync(
        this NpgsqlConnection connection, string instance, IReadOnlyList<HolderWord> words, TimeSpan lease, CancellationToken cancellationToken)
    {
        await using var command = connection.Statement(Here)
            .With(instance)
            .WithTexts([.. words.Select(w => w.Holder)])
            .WithTexts([.. words.Select(w => w.Connection)])
            .With<bool[]>([.. words.Select(w => w.Kind is not WordKind.Gone)])
            .With(lease)
            .WithDoubles([.. words.Select(w => w.Load)])
            .With<bool[]>([.. words.Select(w => w.TakesTasks ?? true)]);
        return await command.ListAsync(row => (row.GetString(0), row.GetBoolean(1)), cancellationToken);
    }

    public static async Task<List<(string Holder, HolderHere Here)>> AllHereAsync(this NpgsqlDataSource postgres, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(AllHere);
        return await command.ListAsync(row => (row.GetString(0), new HolderHere(row.GetString(1), row.GetDouble(2), row.GetBoolean(3))), cancellationToken);
    }
}
