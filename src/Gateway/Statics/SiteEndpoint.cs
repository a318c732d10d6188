using Agents.Contracts;
using Agents.Gateway.Headers;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.Net.Http.Headers;

namespace Agents.Gateway.Statics;

/// <summary>Serves the web admin for whatever no route took.</summary>
internal static class SiteEndpoint
{
    private const string Forever = "public, max-age=31536000, immutable";
    private const string AskAgain = "no-cache";

    private sealed class Marker;

    public static void AddSite(this WebApplicationBuilder builder) =>
        builder.Services.AddSingleton(services => new Site(Path.Combine(AppContext.BaseDirectory, "wwwroot")));

    public static void MapSite(this WebApplication app)
    {
        var site = app.Services.GetRequiredService<Site>();
        app.MapFallback("{**path}", context => AnswerAsync(context, site)).WithMetadata(new Marker()).AllowAnonymous();
    }

    /// <summary>Is this a request for the site's files? They are open to all and cost next to nothing, so limits leave them alone.</summary>
    public static bool Answers(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<Marker>() is not null && !SitePath.IsReserved(context.Request.Path.Value!);

    private static async Task AnswerAsync(HttpContext context, Site site)
    {
        var request = context.Request;
        var path = request.Path.Value!;
        if (SitePath.IsReserved(path))
        {
            await EnvelopeWriter.WriteAsync(context, ErrorCode.NotFound);
        }
        else if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        }
        else if (site.Find(SitePath.FileFor(path)) is { } file)
        {
            await SendAsync(context, file);
        }
        else if (SitePath.IsPage(path, request.Headers.Accept.ToString()) && site.Find(SitePath.Index) is { } index)
        {
            await SendAsync(context, index);
        }
        else if (path == "/" || SitePath.FileFor(path) == SitePath.Docs)
        {
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync("The web admin was not built into this gateway; the API is at /api/v1 and its description at /openapi/v1.json.\n", context.RequestAborted);
        }
        else
        {
            await EnvelopeWriter.WriteAsync(context, ErrorCode.NotFound);
        }
    }

    private static async Task SendAsync(HttpContext context, SiteFile file)
    {
        var (request, response) = (context.Request, context.Response);
        var encoding = file.IsText ? SitePath.EncodingFor(request.Headers.AcceptEncoding.ToString()) : "";
        var tag = file.TagFor(encoding);
        response.Headers.ETag = tag;
        response.Headers.CacheControl = file.IsImmutable ? Forever : AskAgain;
        if (file.IsText)
        {
            response.Headers.Vary = HeaderNames.AcceptEncoding;
        }

        if (file.IsPage)
        {
            response.Headers.ContentSecurityPolicy = SecurityHeaders.PagePolicy(request);
        }

        if (request.Headers.IfNoneMatch.ToString().Contains(tag, StringComparison.Ordinal))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var content = await file.ReadAsync(encoding, context.RequestAborted);
        response.ContentType = file.ContentType;
        response.ContentLength = content.Length;
        if (encoding.Length > 0)
        {
            response.Headers.ContentEncoding = encoding;
        }

        if (!HttpMethods.IsHead(request.Method))
        {
            await response.Body.WriteAsync(content, context.RequestAborted);
        }
    }
}
