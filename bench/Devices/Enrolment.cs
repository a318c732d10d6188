using Npgsql;

namespace Agents.Bench.Devices;

/// <summary>
/// Devices with one agent each, straight into Registry's tables: enrolling ten thousand by its API measures something
/// else. What stands there is what the API would have written.
/// </summary>
internal static class Enrolment
{
    private const string Devices =
        $"""
        INSERT INTO devices (id, owner, ip_address, hostname, os, arch, version, capabilities, labels, pool, concurrency, draining, token_hash, token_version, created_at, updated_at)
        SELECT '{DeviceName.DevicePrefix}' || n, NULL, '127.0.0.1', 'host-' || n, 'linux', 'x64', '1.0.0', ARRAY['claude', 'codex'], jsonb_build_object(), '', 10, false,
               sha256(convert_to('{DeviceName.TokenPrefix}' || n, 'UTF8')), nextval('token_version_seq'), now(), now()
        FROM generate_series(0, $1 - 1) n
        """;

    private const string Agents =
        $"""
        INSERT INTO agents (id, name, type, role, capabilities, tags, concurrency, labels, pool, meta, visibility, device_id, token_version, created_at, updated_at)
        SELECT '{DeviceName.AgentPrefix}' || n, 'agent ' || n, 'agent', 'coder', ARRAY['claude'], ARRAY['bench'], 1, jsonb_build_object(), '', json_build_object(), 'public',
               '{DeviceName.DevicePrefix}' || n, 0, now(), now()
        FROM generate_series(0, $1 - 1) n
        """;

    public static async Task EnrolAsync(this NpgsqlDataSource registry, int count, CancellationToken cancellationToken)
    {
        foreach (var sql in new[] { Devices, Agents })
        {
            await using var command = registry.CreateCommand(sql);
            command.Parameters.AddWithValue(count);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        // As autovacuum would have done by the time that so many have enrolled.
        await using var analyse = registry.CreateCommand("ANALYZE devices, agents");
        await analyse.ExecuteNonQueryAsync(cancellationToken);
    }
}
