using System.Text.Json.Nodes;
using Agents.Contracts;
using Agents.Contracts.Posts;
using Agents.Posts.Posts;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using static Agents.Posts.Posts.PostChanges;

namespace Agents.Posts.Versions;

internal static class VersionsApi
{
    public static void MapVersions(this IEndpointRouteBuilder routes)
    {
        var versions = routes.MapGroup("/posts/{id}/versions").WithTags("Posts");
        var seen = versions.MapGroup("").RequireAuthorization(Policies.SignedIn);

        seen.MapGet("/", ListAsync);
        seen.MapGet("/{number}", GetAsync);
        seen.MapGet("/compare", CompareAsync);
        versions.MapPost("/{number}/restore", RestoreAsync).RequireAuthorization(Policies.Operator);
    }

    /// <summary>The newest first.</summary>
    private static async Task<Results<Ok<ListOf<PostVersionRow>>, Missing>> ListAsync(
        string id, PostsDb db, CancellationToken cancellationToken, int page = 1, [FromQuery(Name = "page_size")] int pageSize = Paging.DefaultSize)
    {
        var paging = new Paging(page, pageSize);
        var found = db.Versions.AsNoTracking().Where(v => v.PostId == id);
        var total = await found.Take(ListOf<PostVersionRow>.Cap + 1).CountAsync(cancellationToken);
        if (total == 0)
        {
            // Each post has one at least.
            return new Missing();
        }

        var versions = await found.OrderByDescending(v => v.Number).Skip(paging.Skip).Take(paging.Size)
            .Select(v => new PostVersionRow(v.Number, new(v.AuthorId, v.AuthorName), v.Note, v.Restores, v.At, v.Name))
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(ListOf<PostVersionRow>.Capped(versions, total));
    }

    private static async Task<Results<Ok<PostVersionView>, Missing>> GetAsync(string id, int number, PostsDb db, CancellationToken cancellationToken) =>
        await FindAsync(db, id, number, cancellationToken) is { } version ? TypedResults.Ok(version.ToView()) : new Missing();

    private static async Task<Results<Ok<PostComparison>, Missing>> CompareAsync(
        string id, int from, int to, PostsDb db, CancellationToken cancellationToken) =>
        await FindAsync(db, id, from, cancellationToken) is { } before && await FindAsync(db, id, to, cancellationToken) is { } after
            ? TypedResults.Ok(new PostComparison(from, to, Differences.Between(Tree(before), Tree(after))))
            : new Missing();

    private static async Task<Results<Ok<PostView>, Missing, Clash>> RestoreAsync(
        string id, int number, PostChanges changes, Caller caller, CancellationToken cancellationToken) =>
        await changes.RestoreAsync(caller, id, number, cancellationToken) switch
        {
            (Outcome.Done, { } post) => TypedResults.Ok(post.ToView()),
            (Outcome.NameTaken, _) => PostsApi.NameTaken(),
            _ => new Missing(),
        };

    private static Task<PostVersion?> FindAsync(PostsDb db, string id, int number, CancellationToken cancellationToken) =>
        db.Versions.AsNoTracking().SingleOrDefaultAsync(v => v.PostId == id && v.Number == number, cancellationToken);

    private static JsonObject Tree(PostVersion version) => new()
    {
        ["name"] = version.Name,
        ["description"] = version.Description,
        ["template"] = JsonNode.Parse(version.Template),
    };
}
