using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Agents.Contracts;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Data;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.EntityFrameworkCore;

namespace Agents.ServiceDefaults.Idempotency;

public static class Idempotent
{
    public const string Header = "Idempotency-Key";

    /// <summary>
    /// The endpoint honours Idempotency-Key: the same key and request from the same caller gets the first answer again.
    /// The answer is stored in the transaction of the effect, so there is never one without the other.
    /// </summary>
    public static RouteHandlerBuilder WithIdempotency(this RouteHandlerBuilder endpoint) =>
        endpoint.AddEndpointFilter(IdempotencyFilter.InvokeAsync);
}

internal static class IdempotencyFilter
{
    private const int MaxKeyLength = 255;

    public static async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var key = http.Request.Headers[Idempotent.Header].ToString();
        if (key.Length == 0)
        {
            return await next(context);
        }

        if (key.Length > MaxKeyLength || key.Contains('\0'))
        {
            return new Invalid("Idempotency-Key", $"must have at most {MaxKeyLength} characters");
        }

        var db = http.RequestServices.GetRequiredService<ServiceDb>();
        var caller = http.RequestServices.GetRequiredService<Caller>();
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var hash = HashOf(http.Request, context.Arguments);

        await using var transaction = await db.Database.BeginTransactionAsync(http.RequestAborted);
        // A second request with the key waits here until the first has committed or gone.
        var mine = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO idempotent_answers (caller, key, request_hash, at, status) VALUES ({caller.Id}, {key}, {hash}, {now}, 0)
            ON CONFLICT (caller, key) DO UPDATE SET request_hash = excluded.request_hash, at = excluded.at, status = 0, body = NULL
            WHERE idempotent_answers.at < {now - IdempotentAnswer.KeptFor}
            """,
            http.RequestAborted);
        if (mine == 0)
        {
            return await RepeatAsync(db, caller.Id, key, hash, http.RequestAborted);
        }

        var result = await next(context);
        while (result is INestedHttpResult nested)
        {
            result = nested.Result;
        }

        var status = (result as IStatusCodeHttpResult)?.StatusCode ?? 200;
        if (status >= 400)
        {
            // Nothing was made, so the key stays free for the request put right. What the handler wrote goes too, its
            // audit entry included: a refusal that must be kept is written by who refuses before any key is looked at.
            return result;
        }

        var body = JsonSerializer.Serialize((result as IValueHttpResult)?.Value ?? (result is IResult ? null : result), WireJson.Options);
        await db.IdempotentAnswers
            .Where(a => a.Caller == caller.Id && a.Key == key)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.Status, status).SetProperty(a => a.Body, body), http.RequestAborted);
        await transaction.CommitAsync(http.RequestAborted);
        return result;
    }

    private static async Task<object?> RepeatAsync(ServiceDb db, string caller, string key, byte[] hash, CancellationToken cancellationToken)
    {
        var first = await db.IdempotentAnswers.AsNoTracking().SingleAsync(a => a.Caller == caller && a.Key == key, cancellationToken);
        return first.RequestHash.AsSpan().SequenceEqual(hash)
            ? TypedResults.Json(JsonSerializer.Deserialize<JsonElement>(first.Body ?? "null"), statusCode: first.Status)
            : new Clash("This Idempotency-Key was used for another request.");
    }

    private static byte[] HashOf(HttpRequest request, IList<object?> arguments)
    {
        // The bound body stands for the bytes: white space and the order of fields make no other request.
        var bodies = arguments.Where(a => a is IValidated).Select(a => JsonSerializer.Serialize(a, a!.GetType(), WireJson.Options));
        return SHA256.HashData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}\n{string.Join('\n', bodies)}"));
    }
}
