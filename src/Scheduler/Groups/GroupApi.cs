using Agents.Contracts.Scheduler;
using Agents.Scheduler.Tasks;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Agents.ServiceDefaults.Idempotency;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Agents.Scheduler.Groups;

/// <summary>Several agents for one task.</summary>
internal static class GroupApi
{
    private const string Find = "SELECT group_id, strategy, lead, agents, created_at FROM groups WHERE task_id = $1";

    public static void AddGroups(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<GroupsToSee>();
        services.AddSingleton<Gatherer>();
        services.AddHostedService<GroupTurns>();
        services.AddHostedService<GroupTelling>();
    }

    public static void MapGroups(this IEndpointRouteBuilder routes)
    {
        var tasks = routes.MapGroup("/tasks").WithTags("Tasks");

        tasks.MapPost("/group", SubmitAsync).RequireAuthorization(Policies.User).WithIdempotency();
        tasks.MapPost("/{id}/group", GatherAsync).RequireAuthorization(Policies.User);
        tasks.MapGet("/{id}/group", GetAsync).RequireAuthorization(Policies.SignedInOrDevice);
    }

    /// <summary>The task and its group in one commit, so that nobody takes it for himself before.</summary>
    private static async Task<Results<Accepted<GroupView>, Invalid, Clash, Unavailable>> SubmitAsync(
        SubmitGroupRequest request, Submission submission, Gatherer gatherer, NpgsqlDataSource postgres, SchedulerDb db, HttpContext http,
        Caller caller, CancellationToken cancellationToken)
    {
        if (!submission.IsReady)
        {
            return new Unavailable("The fleet is not known yet.");
        }

        var by = Submitter.Of(caller);
        await submission.KnowAsync([request.Task, .. request.Group.Agents.Select(agent => new SubmitTaskRequest(AgentId: agent))], cancellationToken);
        var (task, wrong) = submission.Check(request.Task, by);
        if (task is null)
        {
            return new Invalid(wrong!);
        }

        if (UnknownAgent(request.Group, submission, by, "group.agents") is { } unknown)
        {
            return unknown;
        }

        if (db.Database.CurrentTransaction is null)
        {
            await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var (own, follow) = await gatherer.SubmitAsync(connection, task, request.Group, caller.Id, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            follow();
            return await AnswerAsync(connection, own, cancellationToken);
        }

        // With an Idempotency-Key nobody is told of it before the answer is stored as well.
        var answers = (NpgsqlConnection)db.Database.GetDbConnection();
        var (submitted, later) = await gatherer.SubmitAsync(answers, task, request.Group, caller.Id, cancellationToken);
        http.Response.OnCompleted(() =>
        {
            later();
            return Task.CompletedTask;
        });
        return await AnswerAsync(answers, submitted, cancellationToken);
    }

    private static async Task<Results<Accepted<GroupView>, Invalid, Clash, Unavailable>> AnswerAsync(
        NpgsqlConnection connection, Submitted submitted, CancellationToken cancellationToken) => submitted switch
        {
            Submitted.Refused refused => new Invalid($"task.{refused.Field}", refused.Problem),
            Submitted.Rejected rejected => new Clash($"There is a task with this dedup_key: {rejected.Existing}."),
            Submitted.Stored { Existing: true } stored => new Clash($"There is a task with this dedup_key: {stored.Id}."),
            var stored => TypedResults.Accepted(
                $"/api/v1/tasks/{((Submitted.Stored)stored).Id}/group", await ViewAsync(connection, ((Submitted.Stored)stored).Id, cancellationToken)),
        };

    private static async Task<Results<Accepted<GroupView>, Missing, Invalid, WrongState>> GatherAsync(
        string id, GroupRequest request, Submission submission, Gatherer gatherer, NpgsqlDataSource postgres, Caller caller, CancellationToken cancellationToken)
    {
        var by = Submitter.Of(caller);
        if (!Guid.TryParse(id, out var task) || await postgres.FindAsync(task, by, cancellationToken) is not { } found)
        {
            return new Missing();
        }

        await submission.KnowAsync(request.Agents.Select(agent => new SubmitTaskRequest(AgentId: agent)), cancellationToken);
        if (UnknownAgent(request, submission, by, "agents") is { } unknown)
        {
            return unknown;
        }

        if (!await gatherer.GatherAsync(task, request, caller, cancellationToken))
        {
            return new WrongState(found.Status is TaskStatus.Waiting ? "It is a group's already." : $"It has ended already: {found.Status}.");
        }

        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        return TypedResults.Accepted($"/api/v1/tasks/{task}/group", await ViewAsync(connection, task, cancellationToken));
    }

    private static async Task<Results<Ok<GroupView>, Missing>> GetAsync(string id, NpgsqlDataSource postgres, Caller caller, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(id, out var task) || await postgres.FindAsync(task, Submitter.Of(caller), cancellationToken) is null)
        {
            return new Missing();
        }

        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        return await ViewAsync(connection, task, cancellationToken) is { } view ? TypedResults.Ok(view) : new Missing("No group works on this task.");
    }

    private static Invalid? UnknownAgent(GroupRequest request, Submission submission, Submitter by, string field) =>
        request.Agents.FirstOrDefault(agent => !submission.Sees(agent, by)) is { } unknown ? new(field, $"there is no agent {unknown}") : null;

    private static async Task<GroupView?> ViewAsync(NpgsqlConnection connection, Guid task, CancellationToken cancellationToken)
    {
        var tasks = await connection.GroupTaskViewsAsync(task, cancellationToken);
        await using var command = connection.Statement(Find).With(task);
        return (await command.ListAsync(
            row => new GroupView(
                task.ToString(), row.GetString(0), row.GetString(1), row.Text(2), row.GetFieldValue<string[]>(3), tasks, row.GetFieldValue<DateTimeOffset>(4)),
            cancellationToken)).SingleOrDefault();
    }
}
