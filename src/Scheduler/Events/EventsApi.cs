using Agents.Contracts.Scheduler;
using Agents.Scheduler.Tasks;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Agents.Scheduler.Events;

/// <summary>What happened to a task, and to all of them.</summary>
internal static class EventsApi
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 1_000;

    /// <summary>Seconds.</summary>
    private const int LongestWait = 30;

    private const string OfTask = $"SELECT {EventRows.Columns} FROM task_events e WHERE e.task_id = $1 AND e.number > $2 ORDER BY e.number LIMIT $3";
    private const string Total = "SELECT count(*) FROM task_events WHERE task_id = $1";
    private const string States = $"SELECT {EventRows.Columns} FROM task_events e WHERE e.task_id = $1 AND e.kind = 'state' ORDER BY e.number";

    public static void AddEvents(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<EventSignal>();
        builder.Services.AddSingleton<EventFeed>();
    }

    public static void MapEvents(this IEndpointRouteBuilder routes)
    {
        var tasks = routes.MapGroup("/tasks/{id}").WithTags("Tasks").RequireAuthorization(Policies.SignedInOrDevice);

        tasks.MapGet("/events", OfTaskAsync);
        tasks.MapGet("/attempts", AttemptsAsync);
    }

    public static void MapInternalEvents(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/internal/work/events", FollowAsync).RequireAuthorization(Policies.Service);

    private static async Task<Results<Ok<TaskEventPage>, Invalid>> FollowAsync(string? after, int wait, EventFeed feed, CancellationToken cancellationToken) =>
        await feed.GetAsync(after, TimeSpan.FromSeconds(wait), cancellationToken) is { } page ? TypedResults.Ok(page) : new Invalid("after", "is not one that was given here");

    private static async Task<Results<Ok<TaskEventList>, Missing>> OfTaskAsync(
        string id, NpgsqlDataSource postgres, EventSignal signal, Caller caller, CancellationToken cancellationToken, long after = 0,
        int limit = DefaultLimit, int wait = 0)
    {
        if (!Guid.TryParse(id, out var task) || await postgres.FindAsync(task, Submitter.Of(caller), cancellationToken) is not { } found)
        {
            return new Missing();
        }

        var size = Math.Clamp(limit, 1, MaxLimit);
        // Of what has ended nothing more is to be waited for.
        var most = TimeSpan.FromSeconds(TaskStatus.IsEnd(found.Status) ? 0 : Math.Clamp(wait, 0, LongestWait));
        var items = await signal.LookAsync(ReadAsync, read => read.Count > 0, most, cancellationToken);
        await using var total = postgres.CreateCommand(Total).With(task);
        return TypedResults.Ok(new TaskEventList(items, (long)(await total.ExecuteScalarAsync(cancellationToken))!, items.Count == size ? items[^1].Number : null));

        async Task<List<TaskEventView>> ReadAsync()
        {
            await using var command = postgres.CreateCommand(OfTask).With(task).With(after).With(size);
            return await command.ListAsync(EventRows.Read, cancellationToken);
        }
    }

    private static async Task<Results<Ok<Contracts.ListOf<AttemptView>>, Missing>> AttemptsAsync(
        string id, NpgsqlDataSource postgres, Caller caller, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(id, out var task) || await postgres.FindAsync(task, Submitter.Of(caller), cancellationToken) is null)
        {
            return new Missing();
        }

        await using var command = postgres.CreateCommand(States).With(task);
        return TypedResults.Ok(Contracts.ListOf<AttemptView>.Of(AttemptHistory.Of(await command.ListAsync(EventRows.Read, cancellationToken))));
    }
}
