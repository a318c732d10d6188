using Agents.Contracts;
using Agents.Contracts.Scheduler;
using Agents.Scheduler.Dispatch;
using Agents.Scheduler.Events;
using Agents.Scheduler.Tasks;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Devices;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Agents.Scheduler.Handovers;

/// <summary>What an agent does for its task with other agents: for the device that runs it, or the agent by its own token, and only while that attempt runs.</summary>
internal static class HandoversApi
{
    private const string Holders = "HandoverHolders";

    /// <summary>Seconds.</summary>
    private const int LongestWait = 25;

    private const int MostShown = 200;

    public static void AddHandovers(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<HandoversToSee>();
        builder.Services.AddSingleton<HandingOver>();
        builder.Services.AddSingleton<Colleagueship>();
        builder.Services.AddHostedService<HandoverEnds>();
        builder.Services.AddAuthorizationBuilder().AddPolicy(Holders, AgentCredentials.Or(Roles.Agent));
    }

    public static void MapHandovers(this IEndpointRouteBuilder routes)
    {
        var tasks = routes.MapGroup("/tasks/{id}").WithTags("Handovers").RequireAuthorization(Holders);

        tasks.MapGet("/colleagues", ColleaguesAsync);
        tasks.MapPost("/handovers", HandOverAsync);
        tasks.MapGet("/handovers", ListAsync);
        tasks.MapGet("/handovers/{child_id}", GetAsync);
    }

    private static async Task<Results<Ok<ListOf<Colleague>>, Missing, WrongState>> ColleaguesAsync(
        string id, int attempt, Colleagueship colleagues, NpgsqlDataSource postgres, Caller caller, CancellationToken cancellationToken) =>
        await RunAsync(id, attempt, postgres, caller, cancellationToken) is { } run
            ? TypedResults.Ok(ListOf<Colleague>.Of(await colleagues.OfAsync(run, MostShown, cancellationToken)))
            : HandingOver.NotRunning();

    private static async Task<Results<Accepted<HandedOver>, Failure>> HandOverAsync(
        string id, HandOverRequest request, Submission submission, HandingOver handing, NpgsqlDataSource postgres, Caller caller, CancellationToken cancellationToken)
    {
        if (!submission.IsReady)
        {
            return new Unavailable(NotNow.NoFleet);
        }

        if (await RunAsync(id, request.Attempt!.Value, postgres, caller, cancellationToken) is not { } run)
        {
            return HandingOver.NotRunning();
        }

        var (made, refusal) = await handing.HandOverAsync(run, request, caller, cancellationToken);
        return made is not null ? TypedResults.Accepted($"/api/v1/tasks/{id}/handovers/{made.TaskId}", made) : refusal!;
    }

    private static async Task<Results<Ok<ListOf<HandoverView>>, WrongState>> ListAsync(
        string id, int attempt, Explain explain, NpgsqlDataSource postgres, Caller caller, CancellationToken cancellationToken)
    {
        if (await RunAsync(id, attempt, postgres, caller, cancellationToken) is not { } run)
        {
            return HandingOver.NotRunning();
        }

        List<HandoverView> items = [];
        foreach (var child in await postgres.HandedAsync(run.Task, MostShown, cancellationToken))
        {
            if (await ViewAsync(child, isShort: true, explain, postgres, cancellationToken) is { } view)
            {
                items.Add(view);
            }
        }

        return TypedResults.Ok(ListOf<HandoverView>.Of(items));
    }

    /// <summary>With <c>wait</c> when it has ended, or after so many seconds.</summary>
    private static async Task<Results<Ok<HandoverView>, Missing, WrongState>> GetAsync(
        string id, [FromRoute(Name = "child_id")] string childId, int attempt, Explain explain, EventSignal signal, NpgsqlDataSource postgres, Caller caller,
        CancellationToken cancellationToken, int wait = 0)
    {
        if (await RunAsync(id, attempt, postgres, caller, cancellationToken) is not { } run)
        {
            return HandingOver.NotRunning();
        }

        if (!Guid.TryParse(childId, out var child) || !await postgres.HasHandedAsync(run.Task, child, cancellationToken))
        {
            return new Missing("This task has handed over no such work.");
        }

        await signal.LookAsync(
            () => postgres.FindAsync(child, Everything, cancellationToken), found => found is null || TaskStatus.IsEnd(found.Status),
            TimeSpan.FromSeconds(Math.Clamp(wait, 0, LongestWait)), cancellationToken);
        return await ViewAsync(child, isShort: false, explain, postgres, cancellationToken) is { } view ? TypedResults.Ok(view) : new Missing();
    }

    /// <summary>Who asks has been found to hold the parent; what it handed over may be on any device.</summary>
    private static Submitter Everything { get; } = new("", SeesAll: true);

    private static async Task<HandoverView?> ViewAsync(Guid child, bool isShort, Explain explain, NpgsqlDataSource postgres, CancellationToken cancellationToken)
    {
        if (await postgres.FindAsync(child, Everything, cancellationToken) is not { } task)
        {
            return null;
        }

        var standing = TaskStatus.IsEnd(task.Status) ? null : (await explain.OfAsync(task, Everything, cancellationToken)).Reason;
        var prompt = task.Prompt is { Length: > TaskRow.PromptLength } text ? text.Cut(TaskRow.PromptLength, "…") : task.Prompt;
        return new(
            task.TaskId, task.Status, task.AgentId, task.PostId, prompt, task.CreatedAt, standing, isShort ? null : task.Result, isShort ? null : task.ResultRef, task.Error);
    }

    private static async Task<LiveRun?> RunAsync(string id, int attempt, NpgsqlDataSource postgres, Caller caller, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var task) && await postgres.RunAsync(task, attempt, cancellationToken) is { } run
            && (caller.IsOwnAgent ? run.Agent == caller.Id : run.Device == caller.Id)
            ? run
            : null;
}
