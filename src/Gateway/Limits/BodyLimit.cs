using Yarp.ReverseProxy.Model;

namespace Agents.Gateway.Limits;

/// <summary>
/// Refuses a body that says beforehand that it is too long, so that no service hears of it. Kestrel counts those that
/// don't say, and the proxy answers for it in the same way.
/// </summary>
internal sealed class BodyLimit(LimitOptions limits)
{
    private readonly long _max = limits.MaxBodyBytes;

    public bool Exceeds(HttpContext context) =>
        context.Request.ContentLength is { } length && length > _max
        // A route with a limit of its own gives it to Kestrel.
        && context.GetEndpoint()?.Metadata.GetMetadata<RouteModel>()?.Config.MaxRequestBodySize is null;
}
