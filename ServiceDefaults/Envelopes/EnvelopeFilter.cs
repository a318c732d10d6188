using Agents.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Agents.ServiceDefaults.Envelopes;

/// <summary>Wraps what a handler answers with success; failures write their own envelope.</summary>
internal static class EnvelopeFilter
{
    public static async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context);
        while (result is INestedHttpResult nested)
        {
            result = nested.Result;
        }

        return result switch
        {
            Failure or EmptyHttpResult => result,
            IValueHttpResult { Value: var value } => new EnvelopeResult((result as IStatusCodeHttpResult)?.StatusCode ?? 200, value),
            // Streams, redirects and bare statuses are their own masters; a bare status gets its envelope on the way out.
            IResult => result,
            _ => new EnvelopeResult(200, result),
        };
    }

    private sealed class EnvelopeResult(int status, object? value) : IResult
    {
        public Task ExecuteAsync(HttpContext context)
        {
            var code = ErrorCodes.FromHttpStatus(status);
            return code is ErrorCode.Ok
                ? EnvelopeWriter.WriteAsync(context, code, data: value, status: status)
                : EnvelopeWriter.WriteAsync(context, code, message: value as string, status: status);
        }
    }
}
