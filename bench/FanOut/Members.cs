using Agents.Bench.Devices;
using Npgsql;

namespace Agents.Bench.FanOut;

/// <summary>A group with the agents of <see cref="Enrolment"/>, straight into Realtime's tables.</summary>
internal static class Members
{
    public const string Group = "bench-group";

    private const string Make =
        "INSERT INTO groups (id, name, visibility, created_by, created_at, last_seq) VALUES ('bench-group', 'all of them', 'open', 'user:nobody', now(), 0)";

    private const string Join =
        $"""
        INSERT INTO group_members (group_id, member, name, joined_at, read_seq)
        SELECT 'bench-group', 'agent:{DeviceName.AgentPrefix}' || n, 'agent ' || n, now(), 0 FROM generate_series(0, $1 - 1) n
        """;

    public static async Task JoinAsync(this NpgsqlDataSource realtime, int count, CancellationToken cancellationToken)
    {
        await using var make = realtime.CreateCommand(Make);
        await make.ExecuteNonQueryAsync(cancellationToken);
        await using var join = realtime.CreateCommand(Join);
        join.Parameters.AddWithValue(count);
        await join.ExecuteNonQueryAsync(cancellationToken);
        await using var analyse = realtime.CreateCommand("ANALYZE groups, group_members");
        await analyse.ExecuteNonQueryAsync(cancellationToken);
    }
}
