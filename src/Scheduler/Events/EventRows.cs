using Agents.Contracts.Scheduler;
using Agents.Scheduler.Tasks;
using Npgsql;

namespace Agents.Scheduler.Events;

/// <summary>A row of task_events: <c>task_id, number, horizon, kind, status, attempt, agent_id, device_id, at, data, percent</c>.</summary>
internal static class EventRows
{
    public const string Columns = "e.task_id, e.number, e.horizon::text, e.kind, e.status, e.attempt, e.agent_id, e.device_id, e.at, e.data, e.percent";

    public static TaskEventView Read(NpgsqlDataReader row) => new(
        $"{row.GetString(2)}.{row.GetInt64(1)}", row.GetInt64(1), row.GetString(3), row.Text(4), row.GetInt32(5), row.Text(6), row.Text(7),
        row.GetFieldValue<DateTimeOffset>(8), row.Json(9), row.IsDBNull(10) ? null : row.GetFloat(10));
}
