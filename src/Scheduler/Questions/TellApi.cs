using Agents.Contracts.Scheduler;
using Agents.Scheduler.Tasks;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Agents.Scheduler.Questions;

/// <summary>Steering: more words while an agent works.</summary>
internal static class TellApi
{
    public static void MapTelling(this IEndpointRouteBuilder routes)
    {
        var told = routes.MapGroup("").WithTags("Questions").RequireAuthorization(Policies.User);

        told.MapPost("/tasks/{id}/message", TellTaskAsync);
        told.MapPost("/agents/{id}/message", TellAgentAsync);
    }

    private static async Task<Results<Ok<ToldTask>, Invalid, Missing, WrongState>> TellTaskAsync(
        string id, TellTaskRequest request, Telling telling, NpgsqlDataSource postgres, Caller caller, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(id, out var task) || await postgres.FindAsync(task, Submitter.Of(caller), cancellationToken) is not { } found)
        {
            return new Missing();
        }

        return await postgres.RunningAsync(task, cancellationToken) is { } running
            ? await ToldAsync(running, request, telling, caller, cancellationToken)
            : new WrongState($"Only who works on it can be told: it is {found.Status}.");
    }

    private static async Task<Results<Ok<ToldTask>, Invalid, Missing, WrongState>> TellAgentAsync(
        string id, TellTaskRequest request, Telling telling, Submission submission, NpgsqlDataSource postgres, Caller caller, CancellationToken cancellationToken)
    {
        await submission.KnowAsync([new(AgentId: id)], cancellationToken);
        var reader = Submitter.Of(caller);
        if (!submission.Sees(id, reader))
        {
            return new Missing("There is no such agent, or it is not yours to see.");
        }

        return await postgres.RunningOfAsync(id, reader, cancellationToken) is { } running
            ? await ToldAsync(running, request, telling, caller, cancellationToken)
            : new WrongState("It works on nothing of yours just now.");
    }

    private static async Task<Results<Ok<ToldTask>, Invalid, Missing, WrongState>> ToldAsync(
        RunningTask running, TellTaskRequest request, Telling telling, Caller caller, CancellationToken cancellationToken) =>
        await telling.TellAsync(running, request.Text!, caller, cancellationToken) is { } why
            ? new WrongState(why)
            : TypedResults.Ok(new ToldTask(running.Task.ToString(), running.Attempt));
}
