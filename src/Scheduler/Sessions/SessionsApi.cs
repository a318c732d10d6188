using System.Globalization;
using Agents.Contracts;
using Agents.Contracts.Scheduler;
using Agents.Scheduler.Tasks;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Agents.Scheduler.Sessions;

/// <summary>Conversations of agents, to be found and read.</summary>
internal static class SessionsApi
{
    private const int DefaultMessages = 200;
    private const int MaxMessages = 1_000;

    public static void AddSessions(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<KnownSessions>();
        builder.Services.AddSingleton<SessionExport>();
    }

    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        var sessions = routes.MapGroup("").WithTags("Sessions").RequireAuthorization(Policies.SignedInOrDevice);

        sessions.MapGet("/sessions", ListAsync);
        sessions.MapGet("/sessions/{id}", GetAsync);
        sessions.MapGet("/sessions/{id}/messages", MessagesAsync);
        sessions.MapGet("/sessions/{id}/export", ExportAsync);
        sessions.MapGet("/agents/{id}/sessions", ListOfAgentAsync);
    }

    public static SessionRow Row(this Session session) => new(
        session.Id, session.Agent, session.Device, session.Post, session.Owner, session.Title, session.CreatedAt, session.LastAt, session.Tasks, session.Usage);

    private static async Task<Results<Ok<SessionList>, Invalid>> ListAsync(
        [AsParameters] SessionFilter filter, NpgsqlDataSource postgres, Caller caller, CancellationToken cancellationToken,
        [FromQuery(Name = "page_size")] int pageSize = Paging.DefaultSize, string? cursor = null)
    {
        if (cursor is not null && Place(cursor) is null)
        {
            return new Invalid("cursor", "is not one that was given here");
        }

        var (reader, size) = (Submitter.Of(caller), new Paging(1, pageSize).Size);
        var (page, total, isCapped) = await postgres.PageAsync(filter, reader, cursor is null ? null : Place(cursor), size, cancellationToken);
        return TypedResults.Ok(new SessionList([.. page.Select(Row)], total, isCapped ? true : null, page.Count == size ? Cursor(page[^1]) : null));
    }

    private static async Task<Results<Ok<SessionList>, Invalid, Missing>> ListOfAgentAsync(
        string id, [AsParameters] SessionFilter filter, Submission submission, NpgsqlDataSource postgres, Caller caller, CancellationToken cancellationToken,
        [FromQuery(Name = "page_size")] int pageSize = Paging.DefaultSize, string? cursor = null)
    {
        await submission.KnowAsync([new(AgentId: id)], cancellationToken);
        if (!submission.Sees(id, Submitter.Of(caller)))
        {
            return new Missing("There is no such agent, or it is not yours to see.");
        }

        var list = await ListAsync(filter with { AgentId = id }, postgres, caller, cancellationToken, pageSize, cursor);
        return list.Result is Ok<SessionList> found ? found : (Invalid)list.Result;
    }

    private static async Task<Results<Ok<SessionView>, Missing>> GetAsync(
        string id, KnownSessions sessions, NpgsqlDataSource postgres, Caller caller, CancellationToken cancellationToken) =>
        await sessions.FindAsync(id, Submitter.Of(caller), cancellationToken) is { } session
            ? TypedResults.Ok(SessionView.Of(session.Row(), await PageAsync(session, (default, -1), DefaultMessages, postgres, cancellationToken)))
            : new Missing();

    /// <param name="after">The id of the last message that was read.</param>
    private static async Task<Results<Ok<SessionMessages>, Missing, Invalid>> MessagesAsync(
        string id, KnownSessions sessions, NpgsqlDataSource postgres, Caller caller, CancellationToken cancellationToken, string? after = null,
        int limit = DefaultMessages)
    {
        if (after is not null && Messages.Place(after) is null)
        {
            return new Invalid("after", "is not a message's id");
        }

        return await sessions.FindAsync(id, Submitter.Of(caller), cancellationToken) is { } session
            ? TypedResults.Ok(await PageAsync(session, after is null ? (default, -1) : Messages.Place(after)!.Value, Math.Clamp(limit, 1, MaxMessages), postgres, cancellationToken))
            : new Missing();
    }

    private static async Task<Results<PushStreamHttpResult, Missing, Invalid>> ExportAsync(
        string id, KnownSessions sessions, SessionExport export, Caller caller, CancellationToken cancellationToken, string format = SessionExport.Markdown)
    {
        if (format is not (SessionExport.Markdown or SessionExport.Json))
        {
            return new Invalid("format", $"must be {SessionExport.Markdown} or {SessionExport.Json}");
        }

        return await sessions.FindAsync(id, Submitter.Of(caller), cancellationToken) is { } session ? export.File(session, format, cancellationToken) : new Missing();
    }

    private static async Task<SessionMessages> PageAsync(
        Session session, (Guid Task, long Number) after, int most, NpgsqlDataSource postgres, CancellationToken cancellationToken)
    {
        var said = await postgres.SaidAsync(session.FirstTask, after, most, cancellationToken);
        return new(Messages.Of(said), said.Count == most ? Messages.Id(said[^1].Task, said[^1].Number) : null);
    }

    private static string Cursor(Session last) =>
        string.Create(CultureInfo.InvariantCulture, $"{last.LastAt.ToUnixTimeMilliseconds() * 1_000 + last.LastAt.Microsecond}.{last.FirstTask}");

    private static (DateTimeOffset At, Guid Id)? Place(string cursor)
    {
        var dot = cursor.IndexOf('.');
        return dot > 0 && long.TryParse(cursor.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < 250_000_000_000_000_000
            && Guid.TryParse(cursor.AsSpan(dot + 1), out var id)
            ? (DateTimeOffset.UnixEpoch.AddMicroseconds(at), id)
            : null;
    }
}
