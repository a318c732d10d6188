using Agents.Contracts;
using Microsoft.AspNetCore.Http.Json;

namespace Agents.ServiceDefaults.Envelopes;

/// <summary>The one place that turns outcomes, refusals and exceptions into the response envelope.</summary>
public static class Envelopes
{
    internal static void AddEnvelopes(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<JsonOptions>(json => WireJson.Apply(json.SerializerOptions));
        // Binding failures come as exceptions, with the field's path, instead of as an empty 400.
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.AddExceptionHandler<ExceptionEnvelopes>();
    }

    public static void UseEnvelopes(this WebApplication app)
    {
        app.UseExceptionHandler(_ => { });
        app.UseStatusCodePages(static pages => EnvelopeWriter.WriteBareStatusAsync(pages.HttpContext));
    }

    /// <summary>The root group of a service's public API. What is mapped below answers in envelopes.</summary>
    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1");
        api.AddEndpointFilter(ValidationFilter.InvokeAsync);
        api.AddEndpointFilter(EnvelopeFilter.InvokeAsync);
        // Whoever forgets to say who may call an endpoint has said: nobody without signing in.
        api.RequireAuthorization();
        api.WithMetadata(EnvelopedMetadata.Instance);
        return api;
    }
}

/// <summary>Marks an endpoint whose answers are enveloped, for the OpenAPI document.</summary>
internal sealed class EnvelopedMetadata
{
    public static EnvelopedMetadata Instance { get; } = new();
}
