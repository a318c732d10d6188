using Agents.Contracts;
using Agents.Realtime.Groups.Log;
using Agents.Realtime.Hub;
using Npgsql;

namespace Agents.Realtime.Groups;

/// <summary>Who is in which group. Whoever is connected is told of it at the commit, wherever.</summary>
internal sealed class Memberships(NpgsqlDataSource postgres, TimeProvider time)
{
    public const int MostMembers = 10_000;
    public const int MostGroups = 1_000;

    private const string Make =
        """
        INSERT INTO groups (id, name, visibility, created_by, created_at, last_seq)
        SELECT $1, $1, 'open', $2, $3, 0 WHERE (SELECT count(*) FROM groups WHERE created_by = $2) < $4 ON CONFLICT DO NOTHING
        """;

    /// <summary>Who comes reads what is said from now on; what was said before is there to be looked up.</summary>
    private const string Enter =
        """
        INSERT INTO group_members (group_id, member, name, joined_at, read_seq)
        SELECT g.id, $2, $3, $4, g.last_seq FROM groups g
        WHERE g.id = $1 AND (g.visibility = 'open' OR EXISTS (SELECT FROM group_members WHERE group_id = $1 AND member = $2))
            AND (SELECT count(*) FROM group_members WHERE group_id = $1) < $5
        ON CONFLICT (group_id, member) DO UPDATE SET name = excluded.name
        RETURNING group_id
        """;

    private const string Exit = "DELETE FROM group_members WHERE group_id = $1 AND member = $2 RETURNING group_id";

    /// <summary>A member of an open group, or of one that it is in already. An agent that names one which is not there makes it.</summary>
    public async Task<Fault?> JoinAsync(string groupId, string member, string name, bool mayMake, CancellationToken cancellationToken)
    {
        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var now = time.GetUtcNow();
        if (mayMake)
        {
            await using var make = connection.Statement(Make).With(groupId).With(member).With(now).With((long)MostGroups);
            await make.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var enter = connection.Statement(Enter).With(groupId).With(member).With(name).With(now).With((long)MostMembers);
        if (await enter.ExecuteScalarAsync(cancellationToken) is null)
        {
            return new(ErrorCode.NotFound, $"There is no such group, it is not open, it has {MostMembers:N0} members, or {MostGroups:N0} groups were made already.");
        }

        await TellAsync(connection, groupId, member, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return null;
    }

    /// <summary>False: it was none.</summary>
    public async Task<bool> LeaveAsync(string groupId, string member, CancellationToken cancellationToken)
    {
        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var exit = connection.Statement(Exit).With(groupId).With(member);
        if (await exit.ExecuteScalarAsync(cancellationToken) is null)
        {
            return false;
        }

        await TellAsync(connection, groupId, member, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static async Task TellAsync(NpgsqlConnection connection, string groupId, string? member, CancellationToken cancellationToken)
    {
        await using var tell = connection.Statement(LogSql.Notify).With(GroupWord.Changed(groupId, member).ToString());
        await tell.ExecuteNonQueryAsync(cancellationToken);
    }
}
