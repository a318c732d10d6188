using System.Data.Common;
using System.Net.Sockets;
using System.Text.Json;
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
            var (message, errors) = Explain(bad);
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

    internal static (string? Message, FieldErrors? Errors) Explain(BadHttpRequestException bad) => bad switch
    {
        { StatusCode: 413 } => ("The body is too large.", null),
        { StatusCode: 415 } => ("The body must be application/json.", null),
        { InnerException: JsonException { Path: { } path } json } when Field(path) is { Length: > 0 } field =>
            (null, new FieldErrors(new Dictionary<string, string[]> { [field] = [WrongType(json)] })),
        { InnerException: JsonException json } => ($"The body is not valid JSON: {Place(json)}.", null),
        // "Required parameter "string email" was not provided": the framework's own words name the parameter.
        _ => (bad.Message, null),
    };

    private static string Field(string path) => path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path.TrimStart('$');

    private static string WrongType(JsonException json) =>
        // The first sentence says which .NET type was meant, which is no news to a client.
        json.Message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal) ? "has the wrong type or value" : "is not valid JSON";

    private static string Place(JsonException json) =>
        json.LineNumber is { } line ? $"line {line + 1}, byte {json.BytePositionInLine + 1}" : "it is empty or cut off";

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
