using System.Globalization;
using System.Text.RegularExpressions;
using Agents.Contracts.Scheduler;
using Npgsql;

namespace Agents.Scheduler.Events;

/// <summary>
/// All events in the order in which they can be seen, for who follows them. The cursor is a snapshot of the database: what
/// was not visible in it and is now comes next, each once, whichever transaction committed first.
/// </summary>
internal sealed partial class EventFeed(NpgsqlDataSource postgres, EventSignal signal)
{
    private const int PageSize = 2_000;

    private const string Now = "SELECT pg_current_snapshot()::text";

    /// <summary>By the index of transactions, whatever was the plan of a table that was empty: what is new is little, what there is may be all.</summary>
    private const string Read =
        """
        WITH e AS MATERIALIZED (
            SELECT * FROM task_events
            WHERE tx >= pg_snapshot_xmin($1::pg_snapshot) AND NOT pg_visible_in_snapshot(tx, $1::pg_snapshot) AND pg_visible_in_snapshot(tx, $2::pg_snapshot)
        ), f AS MATERIALIZED (
            SELECT * FROM e WHERE (task_id, number) > ($3, $4) ORDER BY task_id, number LIMIT $5
        )
        SELECT e.task_id, e.number, e.horizon::text, e.kind, e.status, e.attempt, e.agent_id, e.device_id, e.at, e.data, e.percent, t.created_by
        FROM f e CROSS JOIN LATERAL (SELECT created_by FROM tasks WHERE tasks.id = e.task_id OFFSET 0) t
        ORDER BY e.task_id, e.number
        """;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>Null: that is no cursor.</summary>
    public async Task<TaskEventPage?> GetAsync(string? after, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (after is null)
        {
            return new(await NowAsync(cancellationToken), []);
        }

        if (Cursor.Parse(after) is not { } cursor)
        {
            return null;
        }

        return await signal.LookAsync(
            () => ReadAsync(cursor, cancellationToken), page => page.Items.Count > 0, wait < LongestWait ? wait : LongestWait, cancellationToken);
    }

    private async Task<TaskEventPage> ReadAsync(Cursor cursor, CancellationToken cancellationToken)
    {
        var upTo = cursor.UpTo ?? await NowAsync(cancellationToken);
        await using var command = postgres.CreateCommand(Read)
            .With(cursor.Seen).With(upTo).With(cursor.Task).With(cursor.Number).With(PageSize);
        var items = await command.ListAsync(Item, cancellationToken);
        var last = items.Count == PageSize ? new Cursor(cursor.Seen, upTo, Guid.Parse(items[^1].TaskId), items[^1].Event.Number) : new Cursor(upTo);
        return new(last.ToString(), items);
    }

    private async Task<string> NowAsync(CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(Now);
        return (string)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static TaskEventItem Item(NpgsqlDataReader row) => new(
        row.GetGuid(0).ToString(), row.GetString(11), EventRows.Read(row));

    /// <param name="Seen">The snapshot up to which all was read.</param>
    /// <param name="UpTo">Within a long page: the snapshot that is being read up to, and how far.</param>
    private sealed partial record Cursor(string Seen, string? UpTo = null, Guid Task = default, long Number = 0)
    {
        /// <summary>Also an event's id: all that could not be seen when it was written comes after it.</summary>
        public static Cursor? Parse(string text)
        {
            if (EventId().Match(text) is { Success: true } id)
            {
                return new($"{id.Groups[1].Value}:{id.Groups[1].Value}:");
            }

            var parts = text.Split('|');
            return parts is [var seen] && Snapshot().IsMatch(seen) ? new(seen)
                : parts is [var from, var to, var task, var number] && Snapshot().IsMatch(from) && Snapshot().IsMatch(to)
                    && Guid.TryParse(task, out var taskId) && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var reached)
                    ? new(from, to, taskId, reached)
                : null;
        }

        public override string ToString() => UpTo is null ? Seen : string.Create(CultureInfo.InvariantCulture, $"{Seen}|{UpTo}|{Task}|{Number}");

        [GeneratedRegex(@"^[0-9]{1,19}:[0-9]{1,19}:([0-9]{1,19}(,[0-9]{1,19})*)?$", RegexOptions.CultureInvariant)]
        private static partial Regex Snapshot();

        [GeneratedRegex(@"^([0-9]{1,19})\.[0-9]{1,19}$", RegexOptions.CultureInvariant)]
        private static partial Regex EventId();
    }
}
