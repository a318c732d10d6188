using System.Data.Common;
using System.Net.Sockets;
using Agents.Contracts;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Agents.ServiceDefaults.Envelopes;

/// <summary>Exceptions are bad input that the framework found, parts that are down, or bugs.</summary>
internal sealed partial class ExceptionEnvelopes(ILogger<ExceptionEnvelopes> log) : IExceptionHandler
{
    private const int ClientClosedRequest = 499;

    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = ClientClosedRequest;
            return true;
        }

        if (exception is BadHttpRequestException bad)
        {
            var (message, errors) = BadInput.Explain(bad);
            await EnvelopeWriter.WriteAsync(context, ErrorCode.Invalid, message, errors, bad.StatusCode);
        }
        else if (PartThatIsDown(exception) is { } part)
        {
            Log.Down(log, part, exception.Message);
            await EnvelopeWriter.WriteAsync(context, ErrorCode.Unavailable);
        }
        else
        {
            Log.Unhandled(log, exception, context.Request.Method, context.Request.Path);
            await EnvelopeWriter.WriteAsync(context, ErrorCode.Failed);
        }

        return true;
    }

    /// <summary>The name of a part that cannot be reached just now, or null where the exception is something else.</summary>
    private static string? PartThatIsDown(Exception exception) => exception switch
    {
        PostgresException { IsTransient: true } or NpgsqlException { InnerException: SocketException or IOException or TimeoutException } => "postgres",
        PostgresException => null,
        NpgsqlException { IsTransient: true } => "postgres",
        DbUpdateException { InnerException: { } inner } => PartThatIsDown(inner),
        InvalidOperationException { InnerException: DbException inner } => PartThatIsDown(inner),
        StackExchange.Redis.RedisConnectionException or StackExchange.Redis.RedisTimeoutException => "redis",
        Refit.ApiException { StatusCode: System.Net.HttpStatusCode.ServiceUnavailable, RequestMessage.RequestUri: var uri } => uri?.Host ?? "service",
        HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } or BrokenCircuitException or TimeoutRejectedException => "service",
        _ => null,
    };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Part} is down: {Reason}")]
        public static partial void Down(ILogger log, string part, string reason);

        [LoggerMessage(LogLevel.Error, "Unhandled exception in {Method} {Path}")]
        public static partial void Unhandled(ILogger log, Exception exception, string method, PathString path);
    }
}
