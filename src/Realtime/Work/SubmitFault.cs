using System.Net;
using System.Text.Json;
using Agents.Contracts;
using Agents.Realtime.Hub;
using Refit;

namespace Agents.Realtime.Work;

/// <summary>Scheduler's refusal, in the words of a socket. Pure.</summary>
internal static class SubmitFault
{
    public static Fault? Of(ApiException e) => e.StatusCode switch
    {
        HttpStatusCode.BadRequest => new(ErrorCode.Invalid, Fields(e.Content) ?? "The task is wrong."),
        HttpStatusCode.Conflict => new(ErrorCode.Clash, Message(e.Content) ?? ErrorCode.Clash.DefaultMessage()),
        _ => null,
    };

    private static string? Fields(string? content) => Read(content)?.Data?.Errors is { Count: > 0 } errors
        ? string.Join("; ", errors.Select(field => $"payload.{field.Key} {field.Value[0]}"))
        : null;

    private static string? Message(string? content) => Read(content)?.Message;

    private static Envelope<FieldErrors>? Read(string? content)
    {
        try
        {
            return content is null ? null : JsonSerializer.Deserialize<Envelope<FieldErrors>>(content, WireJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
