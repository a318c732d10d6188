using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Scheduler;
using Agents.Scheduler.Dispatch;
using Agents.Scheduler.Tasks;
using Agents.ServiceDefaults.Audit;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Agents.Scheduler.Moving;

/// <summary>A person moves a task to another agent, or to another machine.</summary>
internal static class MoveApi
{
    /// <summary>What it asks for now, where it has not ended. Of a group's task its members do the work.</summary>
    private const string Find =
        """
        SELECT l.lane, t.agent_id, t.post_id, t.requires, t.created_by FROM live l JOIN tasks t ON t.id = l.id WHERE l.id = $1 AND l.stage < 4
        """;

    public static void AddMoving(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Mover>();
        builder.Services.AddHostedService<Drains>();
    }

    public static void MapMoves(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/tasks/{id}/migrate", MigrateAsync).WithTags("Tasks").RequireAuthorization(Policies.User);

    private static async Task<Results<Accepted<TaskView>, Missing, Invalid, WrongState>> MigrateAsync(
        string id, MigrateTaskRequest request, Submission submission, Fleet fleet, Mover mover, NpgsqlDataSource postgres, TimeProvider time, Caller caller,
        CancellationToken cancellationToken)
    {
        var reader = Submitter.Of(caller);
        if (!Guid.TryParse(id, out var task) || await postgres.FindAsync(task, reader, cancellationToken) is not { } found)
        {
            return new Missing();
        }

        await submission.KnowAsync([new(AgentId: request.AgentId, Requires: new(Device: request.DeviceId))], cancellationToken);
        if (WrongPlace(request, submission, fleet, reader) is { } wrong)
        {
            return wrong;
        }

        await using var command = postgres.CreateCommand(Find).With(task);
        var target = (await command.ListAsync(row => TargetOf(task, row, request, fleet), cancellationToken)).SingleOrDefault();
        var within = TimeSpan.FromSeconds(request.GraceSeconds ?? MigrateTaskRequest.DefaultGrace);
        return target is null
            ? new WrongState(found.Status is TaskStatus.Waiting ? "Its group's members work on it: move their tasks." : $"It has ended already: {found.Status}.")
            : await MovedAsync();

        async Task<Accepted<TaskView>> MovedAsync()
        {
            var to = request.AgentId is { } agent ? $"To {agent}." : $"To {request.DeviceId}.";
            await mover.MoveAsync([target], within, caller.Id, to, AuditEntry.Of(caller, time, "task.moved", task.ToString(), detail: to), cancellationToken);
            return TypedResults.Accepted($"/api/v1/tasks/{task}", await postgres.FindAsync(task, reader, cancellationToken) ?? found);
        }
    }

    private static Invalid? WrongPlace(MigrateTaskRequest request, Submission submission, Fleet fleet, Submitter by) =>
        request is { AgentId: null, DeviceId: null } or { AgentId: not null, DeviceId: not null } ? new("agent_id", "or device_id, one of them, says where it is to go")
        : request.AgentId is { } agent && !submission.Sees(agent, by) ? new("agent_id", "there is no such agent")
        : request.DeviceId is { } device && !fleet.HasDevice(device) ? new("device_id", "there is no such device")
        : null;

    /// <summary>Who is named is asked for from now on, and the machine that was asked for before counts no more; a machine is asked for beside all else.</summary>
    private static Target TargetOf(Guid task, NpgsqlDataReader row, MigrateTaskRequest request, Fleet fleet)
    {
        var requires = row.Text(3) is { } json ? JsonSerializer.Deserialize<Requirements>(json, WireJson.Options)! : new();
        var asked = row.Text(1) is { } agent && request.DeviceId is { } there && fleet.Find(agent)?.DeviceId == there ? agent : null;
        var key = LaneKey.Of(
            new(AgentId: request.AgentId ?? asked, PostId: row.Text(2), Requires: requires with { Device = request.DeviceId }), row.GetString(4));
        return new(task, row.GetInt64(0), key, row.Text(2));
    }
}
