using System.Globalization;
using Agents.Contracts.Scheduler;
using Agents.Scheduler.Tasks;
using Npgsql;

namespace Agents.Scheduler.Reports;

/// <summary>Answers from the rows of figures alone: what it takes does not rise with the tasks.</summary>
internal sealed class WorkReports(NpgsqlDataSource postgres)
{
    public async Task<WorkReport> ReadAsync(WorkQuestion question, RollupPlan plan, Submitter reader, CancellationToken cancellationToken)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(question.Tz ?? WorkQuestion.Utc);
        Dictionary<string, Tally> groups = [];
        var sum = new Tally();
        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        foreach (var span in plan.Spans)
        {
            await using var command = Command(connection, question, span, reader);
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
            {
                var key = WorkGroup.IsTime(question.Group) ? Time(rows.GetFieldValue<DateTimeOffset>(0), question.Group, zone) : rows.GetString(0);
                if (!groups.TryGetValue(key, out var group))
                {
                    groups[key] = group = new();
                }

                Add(rows, group);
            }
        }

        foreach (var group in groups.Values)
        {
            sum.Add(group);
        }

        var ordered = WorkGroup.IsTime(question.Group)
            ? groups.OrderBy(group => group.Key, StringComparer.Ordinal)
            : groups.OrderByDescending(group => group.Value.Ended).ThenBy(group => group.Key, StringComparer.Ordinal);
        return new(
            plan.From, plan.To, question.Group, question.Tz ?? WorkQuestion.Utc,
            [.. ordered.Take(WorkReport.MaxItems).Select(group => group.Value.Figures(group.Key.Length > 0 ? group.Key : null))], groups.Count, sum.Figures(null));
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, WorkQuestion question, RollupSpan span, Submitter reader)
    {
        var command = connection.Statement("").With((short)span.Level).With(span.From).With(span.To);
        List<string> conditions = ["level = $1", "at >= $2", "at < $3"];
        var owner = reader.SeesAll ? question.UserId : reader.Id;
        foreach (var (column, value) in new[]
        {
            ("owner", owner), ("agent_id", question.AgentId), ("post_id", question.PostId), ("device_id", question.DeviceId), ("type", question.Type),
        })
        {
            if (value is not null)
            {
                command.With(value);
                conditions.Add($"{column} = ${command.Parameters.Count}");
            }
        }

        command.CommandText =
            $"""
            SELECT {Column(question.Group)}, done, failed, canceled, retries, input_tokens, output_tokens, cost_usd, waited, ran, waits, runs
            FROM work_rollups WHERE {string.Join(" AND ", conditions)}
            """;
        return command;
    }

    private static string Column(string group) => group switch
    {
        WorkGroup.Agent => "agent_id",
        WorkGroup.Post => "post_id",
        WorkGroup.Device => "device_id",
        WorkGroup.User => "owner",
        WorkGroup.Type => "type",
        _ => "at",
    };

    private static void Add(NpgsqlDataReader row, Tally to)
    {
        to.Done += row.GetInt64(1);
        to.Failed += row.GetInt64(2);
        to.Canceled += row.GetInt64(3);
        to.Retries += row.GetInt64(4);
        to.Usage = to.Usage.Plus(new(row.GetInt64(5), row.GetInt64(6), row.GetDouble(7)));
        to.Waited += row.GetDouble(8);
        to.Ran += row.GetDouble(9);
        to.Waits.Add(row.GetFieldValue<long[]>(10));
        to.Runs.Add(row.GetFieldValue<long[]>(11));
    }

    /// <summary>A day as its date, an hour as the moment it begins at.</summary>
    private static string Time(DateTimeOffset at, string group, TimeZoneInfo zone)
    {
        var there = TimeZoneInfo.ConvertTime(at, zone);
        return group is WorkGroup.Day
            ? there.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : there.ToString("yyyy-MM-dd'T'HH:mmK", CultureInfo.InvariantCulture);
    }
}
