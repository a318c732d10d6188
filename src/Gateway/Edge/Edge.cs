using Agents.Contracts;
using Agents.Gateway.Limits;
using Agents.Gateway.Routes;
using Agents.Gateway.Statics;
using Agents.ServiceDefaults.Envelopes;
using Agents.ServiceDefaults.Requests;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Agents.Gateway.Edge;

/// <summary>Where a request from outside is looked at, before anything is done for it.</summary>
internal static class Edge
{
    private static readonly TimeSpan PreflightIsKeptFor = TimeSpan.FromMinutes(10);

    public static void AddEdge(this WebApplicationBuilder builder)
    {
        var origins = OwnOrigins.Parse(builder.Configuration["AGENTS_CORS_ORIGINS"]);
        builder.Services.AddSingleton(origins);
        builder.Services.AddSingleton<ApiKeys>();
        builder.Services.AddSingleton<Identification>();
        builder.Services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
            .WithOrigins([.. origins.Listed])
            .AllowAnyHeader()
            .AllowAnyMethod()
            .AllowCredentials()
            .WithExposedHeaders(RequestId.Header, HeaderNames.RetryAfter)
            .SetPreflightMaxAge(PreflightIsKeptFor)));
    }

    public static void UseEdge(this WebApplication app)
    {
        var origins = app.Services.GetRequiredService<OwnOrigins>();
        var identification = app.Services.GetRequiredService<Identification>();
        var rates = app.Services.GetRequiredService<RequestRates>();
        var body = app.Services.GetRequiredService<BodyLimit>();
        app.Use(async (context, next) =>
        {
            if (!SiteEndpoint.Answers(context))
            {
                var found = await LookAsync(context);
                if (found.Refusal is not ErrorCode.Ok)
                {
                    await EnvelopeWriter.WriteAsync(context, found.Refusal, found.Message, status: found.Refusal is ErrorCode.Invalid ? 413 : null);
                    return;
                }
            }

            await next(context);
        });

        async ValueTask<Identified> LookAsync(HttpContext context)
        {
            var request = context.Request;
            if (request.Headers.Origin.Count > 0 && IsSocket(context) && !origins.Allow(request.Headers.Origin, request.Scheme, request.Host))
            {
                return Identified.Refused(ErrorCode.NotAllowed, "Sockets are not opened for pages of this Origin.");
            }

            if (body.Exceeds(context))
            {
                return Identified.Refused(ErrorCode.Invalid, "The body is too large.");
            }

            var route = SessionRoutes.Of(context);
            var found = await identification.IdentifyAsync(context, route);
            if (route is not SessionRoute.Refresh)
            {
                // Our cookies end here; only Identity's refresh reads one.
                request.Headers.Cookie = default;
            }

            return found.Refusal is ErrorCode.Ok && !rates.Admit(context, found, out var wait) ? rates.Refusal(context, wait) : found;
        }
    }

    private static bool IsSocket(HttpContext context) =>
        context.Request.Headers.Upgrade.Count > 0 || context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true };
}
