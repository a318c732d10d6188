using Agents.Contracts;
using Agents.Gateway.Forwarded;
using Agents.ServiceDefaults.Envelopes;

namespace Agents.Gateway.Paths;

internal static class Paths
{
    /// <summary>Brings each path into the one form that routes are written for, or answers that there is no such thing.</summary>
    public static void UsePaths(this WebApplication app) => app.Use(static (context, next) =>
    {
        var path = context.Request.Path.Value ?? "";
        if (!ApiPath.IsPlain(path))
        {
            return EnvelopeWriter.WriteAsync(context, ErrorCode.NotFound);
        }

        if (ApiPath.Canonical(path) is { } canonical)
        {
            context.Request.Path = canonical;
            context.Request.Headers[ForwardedHeaders.Prefix] = ApiPath.Prefix;
        }

        return next(context);
    });
}
