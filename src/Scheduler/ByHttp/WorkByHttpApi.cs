using Agents.Contracts.Realtime;
using Agents.Contracts.Scheduler;
using Agents.Scheduler.Artifacts;
using Agents.Scheduler.Dispatch;
using Agents.Scheduler.Tasks;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Agents.Scheduler.ByHttp;

/// <summary>How agents work that have no socket.</summary>
internal static class WorkByHttpApi
{
    private const string ByDevice = "It goes over the connection of its device, which tells of it there.";

    public static void AddWorkByHttp(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<Asking>();
        services.AddSingleton<WordsByHttp>();
        services.AddSingleton<Acceptance>();
    }

    public static void MapWorkByHttp(this IEndpointRouteBuilder routes)
    {
        var work = routes.MapGroup("/tasks/{id}").WithTags("Tasks").RequireAuthorization(ArtifactParts.Writers);

        work.MapPost("/accept", AcceptAsync);
        work.MapPost("/progress", ProgressAsync);
        work.MapPost("/result", ResultAsync);
        work.MapPost("/error", ErrorAsync);
    }

    private static async Task<Results<Ok<TaskOrder>, Missing, Invalid, WrongState, Unavailable>> AcceptAsync(
        string id, AcceptTaskRequest request, Submission submission, Fleet fleet, Acceptance acceptance, Caller caller, CancellationToken cancellationToken)
    {
        if (!submission.IsReady)
        {
            return new Unavailable(NotNow.NoFleet);
        }

        if ((request.AgentId ?? (caller.IsOwnAgent ? caller.Id : null)) is not { } agentId)
        {
            return new Invalid("agent_id", "is required");
        }

        await submission.KnowAsync([new(AgentId: agentId)], cancellationToken);
        if (fleet.Find(agentId) is not { } agent || !caller.SpeaksFor(agent))
        {
            return new Missing("There is no such agent, or you do not speak for it.");
        }

        return !Guid.TryParse(id, out var task) ? new Missing() : await acceptance.AcceptAsync(task, agent, request.Attempt, caller, cancellationToken) switch
        {
            Accepted.Given given => TypedResults.Ok(given.Order),
            Accepted.Refused refused => new WrongState(refused.Why),
            Accepted.Unknown => new Missing(),
            _ => new Unavailable(NotNow.Undecided),
        };
    }

    private static async Task<Results<Ok<WorkSaid>, Missing, Invalid, WrongState>> ProgressAsync(
        string id, TaskProgressRequest request, WordsByHttp words, NpgsqlDataSource postgres, Fleet fleet, Caller caller, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, request.Attempt!.Value, postgres, fleet, caller, cancellationToken) is not ({ } task, { } held))
        {
            return new Missing();
        }

        return caller.IsHeardFor(held.Holder ?? "")
            ? TypedResults.Ok(await words.ProgressAsync(task, request.Attempt.Value, held, request.All(), cancellationToken))
            : new WrongState(ByDevice);
    }

    private static async Task<Results<Ok<WorkSaid>, Missing, Invalid, WrongState>> ResultAsync(
        string id, TaskResultRequest request, WordsByHttp words, NpgsqlDataSource postgres, Fleet fleet, Caller caller, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, request.Attempt!.Value, postgres, fleet, caller, cancellationToken) is not ({ } task, { } held))
        {
            return new Missing();
        }

        if (!caller.IsHeardFor(held.Holder ?? ""))
        {
            return new WrongState(ByDevice);
        }

        var answer = await words.ResultAsync(task, held, request, cancellationToken);
        return answer.Fault is null ? Ok(answer) : new Invalid("result_ref", "is not the id of an artifact of this task");
    }

    private static async Task<Results<Ok<WorkSaid>, Missing, Invalid, WrongState>> ErrorAsync(
        string id, TaskErrorRequest request, WordsByHttp words, NpgsqlDataSource postgres, Fleet fleet, Caller caller, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, request.Attempt!.Value, postgres, fleet, caller, cancellationToken) is not ({ } task, { } held))
        {
            return new Missing();
        }

        return caller.IsHeardFor(held.Holder ?? "") ? Ok(await words.ErrorAsync(task, held, request, cancellationToken)) : new WrongState(ByDevice);
    }

    /// <summary>An attempt that there was, and whose agent the caller speaks for.</summary>
    private static async Task<(Guid Task, HeldAttempt Held)?> FindAsync(
        string id, int attempt, NpgsqlDataSource postgres, Fleet fleet, Caller caller, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var task)
        && await postgres.AttemptAsync(task, attempt, cancellationToken) is { } held
        && caller.SpeaksOf(held, fleet.Find(held.Agent))
            ? (task, held)
            : null;

    private static Ok<WorkSaid> Ok(WordAnswer answer) => TypedResults.Ok(new WorkSaid(answer.Accepted!.Value, answer.Reason));
}
