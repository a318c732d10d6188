using Agents.Contracts.Scheduler;
using Agents.Scheduler.Artifacts;
using Agents.Scheduler.Reports;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Agents.Scheduler.Tasks;

/// <summary>How tasks stand, for the service that brings what becomes of them into the groups where they were asked for.</summary>
internal static class StandingApi
{
    private const string Standing =
        $"""
        SELECT a.id, {TaskSql.StatusColumn}, o.result, o.result_ref, o.error_kind, o.error, o.session_id, o.usage
        FROM unnest($1::uuid[]) a (id) LEFT JOIN live l ON l.id = a.id LEFT JOIN outcomes o ON o.id = a.id
        WHERE l.id IS NOT NULL OR o.id IS NOT NULL
        """;

    public static void MapInternalStanding(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/internal/work/tasks/standing", GetAsync).RequireAuthorization(Policies.Service);

    private static async Task<Results<Ok<TasksStanding>, Invalid>> GetAsync(TaskIds tasks, NpgsqlDataSource postgres, CancellationToken cancellationToken)
    {
        if (tasks.Ids is not { Count: <= TaskIds.Most } || tasks.Ids.Any(id => !Guid.TryParse(id, out _)))
        {
            return new Invalid("ids", $"must be at most {TaskIds.Most} ids of tasks");
        }

        await using var command = postgres.CreateCommand(Standing).With<Guid[]>([.. tasks.Ids.Select(Guid.Parse)]);
        return TypedResults.Ok(new TasksStanding(await command.ListAsync(Read, cancellationToken)));
    }

    private static TaskStanding Read(NpgsqlDataReader row) => new(
        row.GetGuid(0).ToString(), row.GetString(1), row.Json(2), LongContentSql.Ref(row.Text(3)), row.Text(4) is { } kind ? new(kind, row.Text(5) ?? "") : null,
        row.Text(6), Usages.Of(row.Text(7)));
}
