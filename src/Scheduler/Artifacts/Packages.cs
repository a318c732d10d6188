using Agents.Contracts.Scheduler;
using Npgsql;

namespace Agents.Scheduler.Artifacts;

/// <summary>What holders had of tasks that move: for those who go on with them, and gone with the task or when a later one takes its place.</summary>
internal static class Packages
{
    private const string Named = "SELECT task_id, id FROM artifacts WHERE id = ANY ($1) AND kind = 4 AND state = 1";

    /// <summary>While the attempt that brought it is the highest, its word of it may still be on the way.</summary>
    private const string DropUnneeded =
        """
        UPDATE artifacts a SET state = 2
        WHERE a.kind = 4 AND a.state = 1 AND NOT EXISTS (SELECT FROM live l WHERE l.id = a.task_id AND (l.package = a.id OR l.attempt = a.attempt))
        """;

    /// <summary>Those that the words name and that are there, as the words name them.</summary>
    public static async Task<HashSet<(Guid Task, string? Id)>> PackagesAsync(this NpgsqlConnection connection, IReadOnlyList<HolderWord> words, CancellationToken cancellationToken)
    {
        var named = words.Select(word => word.PackageRef).OfType<string>().Where(id => Guid.TryParse(id, out _)).DistinctBy(Guid.Parse).ToDictionary(Guid.Parse);
        if (named.Count == 0)
        {
            return [];
        }

        await using var command = connection.Statement(Named).With<Guid[]>([.. named.Keys]);
        return [.. await command.ListAsync(row => (row.GetGuid(0), (string?)named[row.GetGuid(1)]), cancellationToken)];
    }

    public static async Task DropPackagesAsync(this NpgsqlDataSource postgres, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(DropUnneeded);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
