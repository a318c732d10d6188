using Agents.Contracts.Registry;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Idempotency;
using Microsoft.EntityFrameworkCore;

namespace Agents.Registry.Bulk;

/// <summary>The agents of a post, for the service that has the posts.</summary>
internal static class BulkApi
{
    public static void AddBulk(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<Carriers>();
        builder.Services.AddScoped<Recruitment>();
    }

    public static void MapInternalBulk(this IEndpointRouteBuilder routes)
    {
        var agents = routes.MapGroup("/internal/posts/{postId}/agents").RequireAuthorization(Policies.Service);

        agents.MapGet("/", CountAsync);
        agents.MapPost("/", MakeAsync).WithIdempotency();
    }

    private static async Task<AgentsOfPost> CountAsync(string postId, RegistryDb db, CancellationToken cancellationToken) =>
        new(await db.Agents.CountAsync(a => a.PostId == postId, cancellationToken));

    private static async Task<IResult> MakeAsync(string postId, AgentsOrder order, Recruitment recruitment, Caller caller, CancellationToken cancellationToken)
    {
        var (made, wrong) = await recruitment.MakeAsync(caller with { Id = order.By }, postId, order, cancellationToken);
        return made is not null ? TypedResults.Ok(made) : wrong!;
    }
}
