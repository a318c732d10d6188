using System.Globalization;
using System.Text.Json;
using Agents.Contracts;

namespace Agents.ServiceDefaults.Envelopes;

public static class EnvelopeWriter
{
    public static Task WriteAsync(HttpContext context, ErrorCode code, string? message = null, object? data = null, int? status = null)
    {
        context.Response.StatusCode = status ?? code.HttpStatus();
        if (code is ErrorCode.Unavailable or ErrorCode.TooMany && context.Response.Headers.RetryAfter.Count == 0)
        {
            context.Response.Headers.RetryAfter = 1.ToString(CultureInfo.InvariantCulture);
        }

        context.Response.Headers.CacheControl = "no-store";
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return Task.CompletedTask;
        }

        // Whole and with its length it is one packet, here and again at the gateway; in chunks it would be two.
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new Envelope<object>((int)code, message ?? code.DefaultMessage(), data, context.TraceIdentifier), WireJson.Options);
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    /// <summary>For a status that was set without a body: 404 and 405 of the router, 401 and 403 of the policies, a proxy's 502.</summary>
    public static Task WriteBareStatusAsync(HttpContext context)
    {
        var status = context.Response.StatusCode;
        var code = ErrorCodes.FromHttpStatus(status);
        var message = status switch
        {
            405 => $"{context.Request.Method} is not allowed here.",
            413 => "The body is too large.",
            415 => "The body must be application/json.",
            _ => null,
        };
        // Only some of the near relatives keep their own status; a bad gateway is a part that is down.
        return WriteAsync(context, code, message, status: code is ErrorCode.Invalid ? status : null);
    }
}
