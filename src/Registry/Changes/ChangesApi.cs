using Agents.Contracts.Registry;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Feeds;

namespace Agents.Registry.Changes;

internal static class ChangesApi
{
    public static void AddChanges(this WebApplicationBuilder builder)
    {
        builder.AddFeed(ChangeEntry.Feed);
        builder.Services.AddScoped<ChangeFeed>();
        builder.Services.AddHostedService<ChangeSweep>();
    }

    public static void MapInternalChanges(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/internal/changes", GetAsync).RequireAuthorization(Policies.Service);

    private static Task<ChangePage> GetAsync(long after, int wait, ChangeFeed feed, CancellationToken cancellationToken) =>
        feed.GetAsync(after, TimeSpan.FromSeconds(wait), cancellationToken);
}
