using Agents.Contracts;
using Agents.Contracts.Posts;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Agents.ServiceDefaults.Idempotency;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using static Agents.Posts.Rollouts.RolloutChanges;

namespace Agents.Posts.Rollouts;

internal static class RolloutsApi
{
    public static void AddRollouts(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<RolloutSteps>();
        builder.Services.AddScoped<RolloutChanges>();
        builder.Services.AddScoped<RolloutTurn>();
        builder.Services.AddHostedService<RolloutLoop>();
    }

    public static void MapRollouts(this IEndpointRouteBuilder routes)
    {
        var rollouts = routes.MapGroup("/posts/{id}/rollouts").WithTags("Posts");
        var seen = rollouts.MapGroup("").RequireAuthorization(Policies.SignedIn);
        var changed = rollouts.MapGroup("").RequireAuthorization(Policies.Operator);

        seen.MapGet("/", ListAsync);
        seen.MapGet("/{rolloutId}", GetAsync);
        changed.MapPost("/", StartAsync).WithIdempotency();
        changed.MapPatch("/{rolloutId}", ChangeAsync);
        changed.MapPost("/{rolloutId}/advance", AdvanceAsync);
        changed.MapPost("/{rolloutId}/back", BackAsync);
    }

    /// <summary>The newest first.</summary>
    private static async Task<Results<Ok<ListOf<RolloutView>>, Missing>> ListAsync(
        string id, PostsDb db, CancellationToken cancellationToken, int page = 1, [FromQuery(Name = "page_size")] int pageSize = Paging.DefaultSize)
    {
        if (!await db.Posts.AnyAsync(p => p.Id == id, cancellationToken))
        {
            return new Missing();
        }

        var paging = new Paging(page, pageSize);
        var found = db.Rollouts.AsNoTracking().Where(r => r.PostId == id);
        var total = await found.Take(ListOf<RolloutView>.Cap + 1).CountAsync(cancellationToken);
        var rollouts = await found.OrderByDescending(r => r.StartedAt).ThenByDescending(r => r.Id).Skip(paging.Skip).Take(paging.Size).ToListAsync(cancellationToken);
        return TypedResults.Ok(ListOf<RolloutView>.Capped(await ViewsAsync(db, rollouts, cancellationToken), total));
    }

    private static async Task<Results<Ok<RolloutView>, Missing>> GetAsync(string id, string rolloutId, PostsDb db, CancellationToken cancellationToken) =>
        await db.Rollouts.AsNoTracking().SingleOrDefaultAsync(r => r.PostId == id && r.Id == rolloutId, cancellationToken) is { } rollout
            ? TypedResults.Ok((await ViewsAsync(db, [rollout], cancellationToken))[0])
            : new Missing();

    private static async Task<Results<Created<RolloutView>, Missing, Invalid, Clash>> StartAsync(
        string id, RolloutRequest request, PostsDb db, RolloutChanges changes, Caller caller, CancellationToken cancellationToken) =>
        await changes.StartAsync(caller, id, request, cancellationToken) switch
        {
            (Outcome.Done, { } rollout) => TypedResults.Created($"/api/v1/posts/{id}/rollouts/{rollout.Id}", (await ViewsAsync(db, [rollout], cancellationToken))[0]),
            (Outcome.NoSuchVersion, _) => new Invalid("version", "is not a version of this post"),
            (Outcome.Released, _) => new Clash("All agents follow this version already."),
            (Outcome.Running, { } other) => new Clash($"The roll-out of version {other.To} is under way. Let it end, or take it back."),
            _ => new Missing(),
        };

    private static async Task<Results<Ok<RolloutView>, Missing, WrongState>> ChangeAsync(
        string id, string rolloutId, ChangeRolloutRequest request, PostsDb db, RolloutChanges changes, Caller caller, CancellationToken cancellationToken) =>
        await AnswerAsync(db, await changes.ChangeAsync(caller, id, rolloutId, request.Automatic!.Value, cancellationToken), cancellationToken);

    private static async Task<Results<Ok<RolloutView>, Missing, WrongState>> AdvanceAsync(
        string id, string rolloutId, RolloutNote? note, PostsDb db, RolloutChanges changes, Caller caller, CancellationToken cancellationToken) =>
        await AnswerAsync(db, await changes.AdvanceAsync(caller, id, rolloutId, ByHand(caller, note), cancellationToken), cancellationToken);

    private static async Task<Results<Ok<RolloutView>, Missing, WrongState>> BackAsync(
        string id, string rolloutId, RolloutNote? note, PostsDb db, RolloutChanges changes, Caller caller, CancellationToken cancellationToken) =>
        await AnswerAsync(db, await changes.GoBackAsync(caller, id, rolloutId, ByHand(caller, note), cancellationToken), cancellationToken);

    private static string ByHand(Caller caller, RolloutNote? note) => note?.Note is { Length: > 0 } said ? $"By {caller.Name}: {said}" : $"By {caller.Name}.";

    private static async Task<Results<Ok<RolloutView>, Missing, WrongState>> AnswerAsync(
        PostsDb db, (Outcome Outcome, Rollout? Rollout) done, CancellationToken cancellationToken) => done switch
        {
            (Outcome.Done, { } rollout) => TypedResults.Ok((await ViewsAsync(db, [rollout], cancellationToken))[0]),
            (Outcome.Ended, { } rollout) => new WrongState(rollout.State is RolloutState.Done ? "It is done: all agents follow the new version. Roll the old one out to go back." : "It was taken back already."),
            _ => new Missing(),
        };

    private static async Task<List<RolloutView>> ViewsAsync(PostsDb db, IReadOnlyList<Rollout> rollouts, CancellationToken cancellationToken)
    {
        List<string> ids = [.. rollouts.Select(r => r.Id)];
        var agents = await db.RolloutAgents.AsNoTracking().Where(a => ids.Contains(a.RolloutId)).ToListAsync(cancellationToken);
        var of = agents.ToLookup(agent => agent.RolloutId, agent => agent.AgentId);
        return [.. rollouts.Select(rollout => rollout.ToView([.. of[rollout.Id].Order(StringComparer.Ordinal)]))];
    }
}
