using Agents.Contracts.Registry;
using Npgsql;
using NpgsqlTypes;

namespace Agents.Registry.Presence;

/// <summary>All that is written about presence, set-based.</summary>
internal static class PresenceSql
{
    /// <summary>
    /// One report of a Realtime process: one statement, and one commit. Only rows that say something else than before are
    /// touched, and a last_seen is renewed when it is 20 s old. Offline counts only from the process that has it; being
    /// there counts from another one when that one saw it later. Who isn't known as a device or an agent gets no row.
    /// </summary>
    private const string Report =
        """
        WITH here AS (
            INSERT INTO realtime_instances (id, seen_at) VALUES ($6, $7)
            ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at
        ), said AS (
            SELECT DISTINCT ON (kind, id) kind, id, status, running, least(last_seen, $7) AS last_seen, cpu, memory, disk
            FROM unnest($1, $2, $3, $4, $5, $8, $9, $10) WITH ORDINALITY AS s (kind, id, status, running, last_seen, cpu, memory, disk, n)
            ORDER BY kind, id, n DESC
        ), known AS (
            UPDATE presence p
            SET status = s.status, running = s.running, instance = $6, last_seen = greatest(p.last_seen, s.last_seen), cpu = s.cpu, memory = s.memory, disk = s.disk
            FROM said s
            WHERE p.kind = s.kind AND p.id = s.id
              AND CASE
                    WHEN s.status = 'offline' THEN p.instance = $6 AND p.status <> 'offline'
                    WHEN p.instance = $6 THEN (p.status, p.running, p.cpu, p.memory, p.disk) IS DISTINCT FROM (s.status, s.running, s.cpu, s.memory, s.disk)
                        OR p.last_seen < s.last_seen - interval '20 seconds'
                    ELSE s.last_seen >= p.last_seen
                  END
        )
        INSERT INTO presence (kind, id, status, running, instance, last_seen, cpu, memory, disk)
        SELECT s.kind, s.id, s.status, s.running, $6, s.last_seen, s.cpu, s.memory, s.disk
        FROM said s
        WHERE s.status <> 'offline'
          AND NOT EXISTS (SELECT FROM presence p WHERE p.kind = s.kind AND p.id = s.id)
          AND CASE s.kind WHEN 0 THEN EXISTS (SELECT FROM devices d WHERE d.id = s.id) ELSE EXISTS (SELECT FROM agents a WHERE a.id = s.id) END
        ON CONFLICT (kind, id) DO UPDATE
        SET status = excluded.status, running = excluded.running, instance = excluded.instance, last_seen = excluded.last_seen,
            cpu = excluded.cpu, memory = excluded.memory, disk = excluded.disk
        """;

    /// <summary>Processes long gone, and what they left behind. Until then reads know that it holds no longer.</summary>
    private const string Forget =
        """
        WITH gone AS (DELETE FROM realtime_instances WHERE seen_at < $1 RETURNING id)
        UPDATE presence SET status = 'offline', running = 0 FROM gone WHERE presence.instance = gone.id AND presence.status <> 'offline'
        """;

    public static async Task ReportAsync(this NpgsqlDataSource postgres, PresenceReport report, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var entries = report.Entries;
        await using var command = postgres.CreateCommand(Report);
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. entries.Select(e => (int)e.Kind)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. entries.Select(e => e.Id)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. entries.Select(e => e.Status)] });
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. entries.Select(e => e.Running)] });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset[]>
        {
            TypedValue = [.. entries.Select(e => e.LastSeen)],
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz,
        });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = report.Instance });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        command.Parameters.Add(Hundredths(entries, load => load.Cpu));
        command.Parameters.Add(Hundredths(entries, load => load.Memory));
        command.Parameters.Add(Hundredths(entries, load => load.Disk));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlParameter Hundredths(IReadOnlyList<PresenceEntry> entries, Func<DeviceLoad, double?> share) =>
        new NpgsqlParameter<short?[]> { TypedValue = [.. entries.Select(e => e.Load is { } load && share(load) is { } used ? (short?)Math.Round(used * 100) : null)] };

    public static async Task<int> ForgetAsync(this NpgsqlDataSource postgres, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(Forget);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = before });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
