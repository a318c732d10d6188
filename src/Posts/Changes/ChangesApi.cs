using Agents.Contracts.Posts;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Feeds;
using Microsoft.EntityFrameworkCore;

namespace Agents.Posts.Changes;

internal static class ChangesApi
{
    private const int PageSize = 1_000;

    public static void AddChanges(this WebApplicationBuilder builder)
    {
        builder.AddFeed(ChangeEntry.Feed);
        builder.Services.AddScoped<ChangeFeed>();
        builder.Services.AddHostedService<ChangeSweep>();
    }

    public static void MapInternalChanges(this IEndpointRouteBuilder routes)
    {
        var posts = routes.MapGroup("/internal/posts").RequireAuthorization(Policies.Service);

        posts.MapGet("/", GetIdsAsync);
        posts.MapGet("/changes", GetChangesAsync);
        posts.MapPost("/named", FindNamedAsync);
    }

    private static async Task<PostIds> GetIdsAsync(string? after, PostsDb db, CancellationToken cancellationToken)
    {
        var last = after ?? "";
        var ids = await db.Posts.Where(p => string.Compare(p.Id, last) > 0).OrderBy(p => p.Id).Take(PageSize).Select(p => p.Id).ToListAsync(cancellationToken);
        return new(ids, ids.Count == PageSize ? ids[^1] : null, await db.BudgetsAsync([.. ids], cancellationToken));
    }

    private static async Task<NamedPosts> FindNamedAsync(PostTexts texts, PostsDb db, CancellationToken cancellationToken)
    {
        string[] asked = [.. texts.Texts];
        return new(await db.Posts
            .FromSql($"SELECT * FROM posts p WHERE EXISTS (SELECT FROM unnest({asked}) t (said) WHERE starts_with(lower(said), lower(p.name)) OR starts_with(said, p.id))")
            .Select(p => new NamedPost(p.Id, p.Name)).ToListAsync(cancellationToken));
    }

    private static Task<PostChangePage> GetChangesAsync(long after, int wait, ChangeFeed feed, CancellationToken cancellationToken) =>
        feed.GetAsync(after, TimeSpan.FromSeconds(wait), cancellationToken);
}
