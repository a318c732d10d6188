using Agents.Tests.App.Whole;
using Npgsql;

namespace Agents.Tests.App.Web;

/// <summary>An application with as much in its lists as a large fleet has after some days, straight in the services' tables.</summary>
public sealed class FilledApp : AgentsApp, IAsyncLifetime
{
    public const int Devices = 10_000;
    public const int Tasks = 100_000;
    public const int Words = 5_000;
    public const int Many = 500;

    private const string FillDevices =
        """
        INSERT INTO devices (id, owner, ip_address, hostname, os, arch, version, capabilities, labels, pool, concurrency, draining, token_hash, token_version, created_at, updated_at)
        SELECT 'box-' || lpad(n::text, 5, '0'), NULL, '10.0.0.1', 'host-' || n, 'linux', 'x64', '1.0.0', ARRAY['claude', 'codex'], jsonb_build_object('zone', 'z' || n % 7), '', 10, false,
               sha256(convert_to('no token ' || n, 'UTF8')), nextval('token_version_seq'), now(), now()
        FROM generate_series(0, $1 - 1) n
        """;

    /// <summary>They ended one after the other, a millisecond apart. No event tells of them, so nothing is folded for them either.</summary>
    private const string FillTasks =
        """
        WITH ended AS (
            SELECT n, now() - n * interval '1 millisecond' AS at,
                (lpad(to_hex((extract(epoch FROM now()) * 1000)::bigint - n), 12, '0') || '7000' || '8000' || lpad(to_hex(n), 12, '0'))::uuid AS id
            FROM generate_series(0, $1 - 1) n),
        told AS (
            INSERT INTO tasks (id, type, prompt, priority, run_anyway, max_attempts, backoff, created_by, created_at)
            SELECT id, 'chat', 'Look after the boiler of house ' || n, 0, false, 3, 1, 'nobody', at FROM ended)
        INSERT INTO outcomes (id, status, attempt, error_kind, error, assigned_at, started_at, finished_at)
        SELECT id, CASE WHEN n % 10 = 0 THEN 'failed' ELSE 'done' END, 1, CASE WHEN n % 10 = 0 THEN 'failed' END, CASE WHEN n % 10 = 0 THEN 'It is cold.' END, at, at, at FROM ended
        """;

    private const string FillGroups =
        """
        INSERT INTO groups (id, name, visibility, created_by, created_at, last_seq)
        SELECT 'many-' || lpad(n::text, 4, '0'), 'many ' || n, 'open', 'user:nobody', now() - n * interval '1 minute', 0 FROM generate_series(1, $1) n
        """;

    private const string FillLog =
        """
        WITH made AS (
            INSERT INTO groups (id, name, visibility, created_by, created_at, last_seq, last_at)
            VALUES ('flooded', 'flooded', 'open', 'user:nobody', now(), $1, now()))
        INSERT INTO group_entries (group_id, seq, id, kind, author, author_name, content, at, hop, root)
        SELECT 'flooded', n, id, 'message', 'user:nobody', 'Nobody', 'word ' || n || repeat(' and more of it', CASE WHEN n % 5 = 3 THEN 30 ELSE 0 END), now() - ($1 - n) * interval '1 second', 0, id
        FROM (SELECT n, gen_random_uuid() AS id FROM generate_series(1, $1) n) said
        """;

    private const string FillMembers =
        """
        INSERT INTO group_members (group_id, member, name, joined_at, read_seq)
        SELECT 'flooded', 'user:member-' || n, 'member ' || n, now(), 0 FROM generate_series(1, $1) n
        """;

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        await FillAsync("registrydb", FillDevices, Devices, "devices");
        await FillAsync("schedulerdb", FillTasks, Tasks, "tasks, outcomes");
        await FillAsync("realtimedb", FillGroups, Many, "groups");
        await FillAsync("realtimedb", FillLog, Words, "group_entries");
        await FillAsync("realtimedb", FillMembers, Many, "group_members");
    }

    private async Task FillAsync(string database, string sql, int count, string tables)
    {
        await using var postgres = NpgsqlDataSource.Create((await App.GetConnectionStringAsync(database, TestContext.Current.CancellationToken))!);
        await using var fill = postgres.CreateCommand(sql);
        fill.CommandTimeout = 120;
        fill.Parameters.AddWithValue(count);
        await fill.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        // As autovacuum would have done by the time that so many are there.
        await using var analyse = postgres.CreateCommand($"ANALYZE {tables}");
        await analyse.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
