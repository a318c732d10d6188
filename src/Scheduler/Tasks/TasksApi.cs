using Agents.Contracts;
using Agents.Contracts.Scheduler;
using Agents.Scheduler.Artifacts;
using Agents.Scheduler.ByHttp;
using Agents.Scheduler.Dispatch;
using Agents.Scheduler.Search;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Agents.ServiceDefaults.Search;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Agents.Scheduler.Tasks;

/// <summary>Tasks that are there: to be seen, and to be ended.</summary>
internal static class TasksApi
{
    public static void MapTasks(this IEndpointRouteBuilder routes)
    {
        var tasks = routes.MapGroup("/tasks").WithTags("Tasks");
        var seen = tasks.MapGroup("").RequireAuthorization(Policies.SignedInOrDevice);
        var changed = tasks.MapGroup("").RequireAuthorization(Policies.User);

        seen.MapGet("/", ListAsync);
        seen.MapGet("/{id}", GetAsync);
        seen.MapGet("/{id}/explain", ExplainAsync);
        changed.MapPost("/{id}/cancel", CancelAsync);
        changed.MapPost("/{id}/retry", RetryAsync);
        routes.MapGet("/agents/{id}/tasks", ListOfAgentAsync).WithTags("Tasks").RequireAuthorization(ArtifactParts.Readers);
    }

    private static async Task<Results<Ok<TaskList>, PlainAnswer, Invalid>> ListAsync(
        [AsParameters] TaskFilter filter, HttpRequest request, NpgsqlDataSource postgres, TaskSearch search, Caller caller, CancellationToken cancellationToken, int page = 1,
        [FromQuery(Name = "page_size")] int pageSize = Paging.DefaultSize, string? cursor = null) =>
        await ListForAsync(Submitter.Of(caller), filter, request, postgres, search, cancellationToken, page, pageSize, cursor);

    private static async Task<Results<Ok<TaskList>, PlainAnswer, Invalid>> ListForAsync(
        Submitter reader, TaskFilter filter, HttpRequest request, NpgsqlDataSource postgres, TaskSearch search, CancellationToken cancellationToken, int page, int pageSize,
        string? cursor)
    {
        var paging = new Paging(page, pageSize);
        if (cursor is not null && !Guid.TryParse(cursor, out _))
        {
            return new Invalid("cursor", "is not one that was given here");
        }

        if (paging.Skip > ListOf<TaskRow>.Cap)
        {
            return new Invalid("page", $"reaches no further than {ListOf<TaskRow>.Cap} tasks: go on with the cursor of the last answer");
        }

        var plain = PlainTask.IsAskedFor(request);
        filter = plain ? filter with { Status = [.. (filter.Status ?? []).SelectMany(Meant)] } : filter;
        var (before, skip) = (cursor is null ? null : (Guid?)Guid.Parse(cursor), cursor is null ? paging.Skip : 0);
        TaskList list;
        if (filter.Q is not null || filter.Label is { Length: > 0 })
        {
            var found = await search.FindAsync(filter, SearchText.Of(filter.Q ?? ""), reader, before, skip, paging.Size, cancellationToken);
            list = new(found.Items, found.Total, found.IsTotalExact ? null : true, found.Next?.ToString());
        }
        else
        {
            var items = await postgres.ListAsync(filter, reader, before, skip, paging.Size, cancellationToken);
            var (total, isCapped) = await postgres.CountAsync(filter, reader, ListOf<TaskRow>.Cap, cancellationToken);
            // Of what was not counted the page itself tells some; a page behind the end tells nothing.
            list = new(items, items.Count > 0 ? Math.Max(total, skip + items.Count) : total, isCapped ? true : null, items.Count == paging.Size ? items[^1].TaskId : null);
        }

        return plain ? new PlainAnswer(new ListOf<PlainTask>([.. list.Items.Select(PlainTask.Of)], list.Total, list.TotalCapped)) : TypedResults.Ok(list);
    }

    private static async Task<Results<Ok<TaskList>, PlainAnswer, Invalid, Missing>> ListOfAgentAsync(
        string id, [AsParameters] TaskFilter filter, HttpRequest request, Submission submission, Fleet fleet, NpgsqlDataSource postgres, TaskSearch search, Caller caller,
        CancellationToken cancellationToken, int page = 1, [FromQuery(Name = "page_size")] int pageSize = Paging.DefaultSize, string? cursor = null)
    {
        await submission.KnowAsync([new(AgentId: id)], cancellationToken);
        // Who speaks for it sees all that is asked of it: it is what it has to do.
        var speaks = fleet.Find(id) is { } agent && caller.SpeaksFor(agent);
        if (!speaks && (caller.IsOwnAgent || !submission.Sees(id, Submitter.Of(caller))))
        {
            return new Missing("There is no such agent, or it is not yours to see.");
        }

        var list = await ListForAsync(
            speaks ? new(caller.Id, SeesAll: true) : Submitter.Of(caller), filter with { AgentId = id }, request, postgres, search, cancellationToken, page, pageSize, cursor);
        return list.Result switch
        {
            Ok<TaskList> found => found,
            PlainAnswer plain => plain,
            var other => (Invalid)other,
        };
    }

    private static async Task<Results<Ok<TaskView>, PlainAnswer, Missing>> GetAsync(
        string id, HttpRequest request, NpgsqlDataSource postgres, Caller caller, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var task) && await postgres.FindAsync(task, Submitter.Of(caller), cancellationToken) is { } found
            ? PlainTask.IsAskedFor(request) ? new PlainAnswer(PlainTask.Of(found)) : TypedResults.Ok(found)
            : new Missing();

    private static async Task<Results<Ok<CanceledTask>, Missing, WrongState>> CancelAsync(
        string id, [FromBody(EmptyBodyBehavior = Microsoft.AspNetCore.Mvc.ModelBinding.EmptyBodyBehavior.Allow)] CancelTaskRequest? request, Cancellation cancellation, NpgsqlDataSource postgres, Caller caller,
        CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(id, out var task) || await postgres.FindAsync(task, Submitter.Of(caller), cancellationToken) is not { } found)
        {
            return new Missing();
        }

        return await cancellation.CancelAsync(task, request ?? new(), caller, cancellationToken)
            ? TypedResults.Ok(new CanceledTask())
            : new WrongState($"It has ended already: {(await postgres.FindAsync(task, Submitter.Of(caller), cancellationToken) ?? found).Status}.");
    }

    private static async Task<Results<Ok<SubmittedTask>, Missing, WrongState>> RetryAsync(
        string id, Retrying retrying, NpgsqlDataSource postgres, Caller caller, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(id, out var task) || await postgres.FindAsync(task, Submitter.Of(caller), cancellationToken) is not { } found)
        {
            return new Missing();
        }

        return await retrying.RetryAsync(task, caller, cancellationToken) is { } status
            ? TypedResults.Ok(new SubmittedTask(id, status))
            : new WrongState($"Only what failed or was canceled is tried again; it is {found.Status}.");
    }

    private static async Task<Results<Ok<Explanation>, Missing>> ExplainAsync(
        string id, Explain explain, NpgsqlDataSource postgres, Caller caller, CancellationToken cancellationToken)
    {
        var reader = Submitter.Of(caller);
        return Guid.TryParse(id, out var task) && await postgres.FindAsync(task, reader, cancellationToken) is { } found
            ? TypedResults.Ok(await explain.OfAsync(found, reader, cancellationToken))
            : new Missing();
    }

    /// <summary>What a status of seed 003 covers.</summary>
    private static IEnumerable<string> Meant(string status) => TaskStatus.All.Where(each => TaskStatus.Plain(each) == status || each == status);
}
