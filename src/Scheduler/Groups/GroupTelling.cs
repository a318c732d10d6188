using Agents.Contracts;
using Agents.Contracts.Realtime;
using Agents.Scheduler.Dispatch;
using Agents.ServiceDefaults.Loops;
using Npgsql;

namespace Agents.Scheduler.Groups;

/// <summary>
/// Each group of agents gets its conversation, and that is told of what is handed out. What can't be told just now is told later, so
/// that no task waits for it.
/// </summary>
internal sealed partial class GroupTelling(NpgsqlDataSource postgres, IRealtimeInternal realtime, Leadership leadership, TimeProvider time, ILogger<GroupTelling> log)
    : Periodic(TimeSpan.FromSeconds(1), time, log)
{
    private const int MostAtOnce = 50;

    private const string ToTell =
        """
        SELECT g.task_id, g.group_id, g.agents, g.handed, t.prompt, t.created_by
        FROM groups g CROSS JOIN LATERAL (SELECT prompt, created_by FROM tasks WHERE tasks.id = g.task_id OFFSET 0) t
        WHERE g.told < g.handed ORDER BY g.created_at LIMIT $1
        """;

    private const string Parts =
        """
        SELECT g.task_id, g.agent_id, g.role, CASE WHEN g.role = 'part' THEN left(t.prompt, $3) END
        FROM group_tasks g CROSS JOIN LATERAL (SELECT prompt FROM tasks WHERE tasks.id = g.task_id OFFSET 0) t
        WHERE g.parent_id = $1 ORDER BY g.place LIMIT $2
        """;

    private const string Told = "UPDATE groups SET told = $2 WHERE task_id = $1 AND told < $2";

    /// <summary>Of what is long the group is shown the beginning.</summary>
    private const int MostPrompt = 16_000;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!leadership.Leads)
        {
            return;
        }

        await using var command = postgres.CreateCommand(ToTell).With(MostAtOnce);
        foreach (var group in await command.ListAsync(Read, cancellationToken))
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(Limit);
            try
            {
                await TellAsync(group, limit.Token);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                Log.NotTold(log, group.GroupId, e.Message);
            }
        }
    }

    private async Task TellAsync(Group group, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(Parts).With(group.Task).With(WorkingGroup.MostTasks).With(MostPrompt);
        var parts = await command.ListAsync(row => new WorkingPart(row.GetGuid(0).ToString(), row.GetString(1), row.GetString(2), row.Text(3)), cancellationToken);
        await realtime.TellGroupAsync(new(group.GroupId, group.Owner, group.Prompt?.Cut(MostPrompt, "…"), group.Agents, parts), cancellationToken);
        await using var told = postgres.CreateCommand(Told).With(group.Task).With(group.Handed);
        await told.ExecuteNonQueryAsync(cancellationToken);
    }

    private static Group Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GetFieldValue<string[]>(2), row.GetInt32(3), row.Text(4), row.GetString(5));

    private sealed record Group(Guid Task, string GroupId, IReadOnlyList<string> Agents, int Handed, string? Prompt, string Owner);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The conversation of group {Group} can't be told of its tasks just now; it is tried again: {Reason}")]
        public static partial void NotTold(ILogger log, string group, string reason);
    }
}
