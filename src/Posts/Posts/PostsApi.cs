using Agents.Contracts;
using Agents.Contracts.Posts;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Agents.ServiceDefaults.Idempotency;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using static Agents.Posts.Posts.PostChanges;

namespace Agents.Posts.Posts;

internal static class PostsApi
{
    public static void MapPosts(this IEndpointRouteBuilder routes)
    {
        var posts = routes.MapGroup("/posts").WithTags("Posts");
        var seen = posts.MapGroup("").RequireAuthorization(Policies.SignedIn);
        var changed = posts.MapGroup("").RequireAuthorization(Policies.Operator);

        seen.MapGet("/", ListAsync);
        seen.MapGet("/{id}", GetAsync);
        changed.MapPost("/", CreateAsync).WithIdempotency();
        changed.MapPut("/{id}", ChangeAsync);
        changed.MapDelete("/{id}", DeleteAsync);
    }

    private static async Task<Ok<ListOf<PostRow>>> ListAsync(
        [AsParameters] PostFilter filter, PostsDb db, CancellationToken cancellationToken, int page = 1,
        [FromQuery(Name = "page_size")] int pageSize = Paging.DefaultSize)
    {
        var paging = new Paging(page, pageSize);
        var found = filter.Of(db.Posts.AsNoTracking());
        var total = await found.Take(ListOf<PostRow>.Cap + 1).CountAsync(cancellationToken);
        var posts = await found.OrderBy(p => p.Name).ThenBy(p => p.Id).Skip(paging.Skip).Take(paging.Size)
            .Select(p => new PostRow(p.Id, p.Name, p.Description, p.Version, p.Released, p.CreatedBy, p.CreatedAt, p.UpdatedBy, p.UpdatedAt))
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(ListOf<PostRow>.Capped(posts, total));
    }

    private static async Task<Results<Ok<PostView>, Missing>> GetAsync(string id, PostsDb db, CancellationToken cancellationToken) =>
        await db.Posts.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, cancellationToken) is { } post
            ? TypedResults.Ok(post.ToView())
            : new Missing();

    private static Task<Results<Created<PostId>, Clash>> CreateAsync(
        CreatePostRequest request, PostChanges changes, Caller caller, CancellationToken cancellationToken) =>
        MakeAsync(request, changes, caller, cancellationToken);

    /// <summary>However it came: written out, as a file, or from the gallery.</summary>
    public static async Task<Results<Created<PostId>, Clash>> MakeAsync(
        CreatePostRequest request, PostChanges changes, Caller caller, CancellationToken cancellationToken) =>
        await changes.CreateAsync(caller, request, cancellationToken) switch
        {
            (Outcome.Done, { } post) => TypedResults.Created($"/api/v1/posts/{post.Id}", new PostId(post.Id, post.Version)),
            _ => NameTaken(),
        };

    private static async Task<Results<Ok<PostView>, Missing, Clash>> ChangeAsync(
        string id, ChangePostRequest request, PostChanges changes, Caller caller, CancellationToken cancellationToken) =>
        await changes.ChangeAsync(caller, id, request, cancellationToken) switch
        {
            (Outcome.Done, { } post) => TypedResults.Ok(post.ToView()),
            (Outcome.NameTaken, _) => NameTaken(),
            (Outcome.InRollout, _) => new Clash("A roll-out is under way. Let it end, or take it back; or leave release out, and roll this version out afterwards."),
            (Outcome.Outdated, { } post) => new Clash($"Somebody changed it first: version {post.Version} is the newest."),
            _ => new Missing(),
        };

    private static async Task<Results<Ok<Deleted>, Missing, Clash>> DeleteAsync(
        string id, PostChanges changes, Caller caller, CancellationToken cancellationToken) =>
        await changes.DeleteAsync(caller, id, cancellationToken) switch
        {
            null => new Missing(),
            0 => TypedResults.Ok(new Deleted()),
            1 => new Clash("One agent has this post. Delete it, or give it another post."),
            var agents => new Clash($"{agents} agents have this post. Delete them, or give them another post."),
        };

    public static Clash NameTaken() => new("A post of this name exists already.");
}
