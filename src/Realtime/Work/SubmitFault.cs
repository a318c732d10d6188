using System.Net;
using Agents.Contracts;
using Agents.Realtime.Hub;
using Agents.ServiceDefaults.Clients;
using Refit;

namespace Agents.Realtime.Work;

/// <summary>Scheduler's refusal, in the words of a socket. Pure.</summary>
internal static class SubmitFault
{
    public static Fault? Of(ApiException e) => e.StatusCode switch
    {
        HttpStatusCode.BadRequest => new(ErrorCode.Invalid, Fields(e) ?? "The task is wrong."),
        HttpStatusCode.Conflict => new(ErrorCode.Clash, e.Refusal()?.Message ?? ErrorCode.Clash.DefaultMessage()),
        _ => null,
    };

    private static string? Fields(ApiException e) => e.Refusal()?.Data?.Errors is { Count: > 0 } errors
        ? string.Join("; ", errors.Select(field => $"payload.{field.Key} {field.Value[0]}"))
        : null;
}
