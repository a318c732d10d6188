namespace Agents.Gateway.Paths;

internal static class OtherMethods
{
    /// <summary>405 for what an address of the gateway's own does not do; the site takes every address that no route does, and would say 404.</summary>
    public static void MapOtherMethods(this IEndpointRouteBuilder routes, string pattern, string allowed) =>
        routes.Map(pattern, context =>
        {
            context.Response.Headers.Allow = allowed;
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return Task.CompletedTask;
        }).AllowAnonymous().ExcludeFromDescription();
}
