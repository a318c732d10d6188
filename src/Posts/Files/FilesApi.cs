using System.Text;
using Agents.Contracts.Posts;
using Agents.Posts.Posts;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Agents.ServiceDefaults.Idempotency;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Agents.Posts.Files;

internal static class FilesApi
{
    private const string Yaml = "application/yaml";

    public static void MapFiles(this IEndpointRouteBuilder routes)
    {
        var posts = routes.MapGroup("/posts").WithTags("Posts");

        posts.MapGet("/{id}/export", ExportAsync).RequireAuthorization(Policies.SignedIn).Produces<string>(contentType: Yaml);
        posts.MapPost("/import", ImportAsync).RequireAuthorization(Policies.Operator).WithIdempotency();
    }

    private static async Task<Results<FileContentHttpResult, Missing>> ExportAsync(string id, PostsDb db, CancellationToken cancellationToken) =>
        await db.Posts.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, cancellationToken) is { } post
            ? TypedResults.File(Encoding.UTF8.GetBytes(PostFile.Write(post)), Yaml, $"{post.Name}.yaml")
            : new Missing();

    private static Task<Results<Created<PostId>, Clash>> ImportAsync(
        ImportedPost imported, PostChanges changes, Caller caller, CancellationToken cancellationToken) =>
        PostsApi.MakeAsync(imported.Post!, changes, caller, cancellationToken);
}
