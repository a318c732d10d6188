using Agents.Contracts;
using Agents.Contracts.Posts;
using Agents.Posts.Posts;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Agents.ServiceDefaults.Idempotency;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Agents.Posts.Gallery;

internal static class GalleryApi
{
    public static void MapGallery(this IEndpointRouteBuilder routes)
    {
        var gallery = routes.MapGroup("/posts/gallery").WithTags("Posts");

        gallery.MapGet("/", List).RequireAuthorization(Policies.SignedIn);
        gallery.MapPost("/{name}", TakeAsync).RequireAuthorization(Policies.Operator).WithIdempotency();
    }

    private static Ok<ListOf<GalleryPost>> List() => TypedResults.Ok(ListOf<GalleryPost>.Of(Starters.All));

    private static async Task<Results<Created<PostId>, Missing, Clash>> TakeAsync(
        string name, TakeFromGalleryRequest? request, PostChanges changes, Caller caller, CancellationToken cancellationToken)
    {
        if (Starters.All.FirstOrDefault(starter => starter.Name == name) is not { } starter)
        {
            return new Missing();
        }

        var post = new CreatePostRequest(request?.Name ?? starter.Title, starter.Description, starter.Template, $"from the gallery: {name}");
        return (await PostsApi.MakeAsync(post, changes, caller, cancellationToken)).Result switch
        {
            Created<PostId> made => made,
            _ => PostsApi.NameTaken(),
        };
    }
}
