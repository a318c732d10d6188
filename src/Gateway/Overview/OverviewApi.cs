using Agents.Contracts;
using Agents.Contracts.Gateway;
using Agents.Gateway.Paths;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Agents.Gateway.Overview;

internal static class OverviewApi
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(2);

    public static void AddOverview(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<HealthAsked>();
        builder.Services.AddHttpClient(Services.Client, static client =>
        {
            client.Timeout = AnswerLimit;
            client.MaxResponseContentBufferSize = 4 * 1024 * 1024;
        }).ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
    }

    public static void MapOverview(this IEndpointRouteBuilder routes)
    {
        var system = routes.MapApi().MapGroup("/system").WithTags("System").RequireAuthorization(Policies.SignedIn);

        system.MapGet("/health", GetHealthAsync);
        routes.MapOtherMethods("/api/v1/system/health", "GET");
    }

    private static async Task<Ok<ListOf<ServiceHealth>>> GetHealthAsync(HealthAsked health, CancellationToken cancellationToken) =>
        TypedResults.Ok(ListOf<ServiceHealth>.Of(await health.AskAllAsync(cancellationToken)));
}
