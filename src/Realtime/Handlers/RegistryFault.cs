using System.Net;
using Agents.Contracts;
using Agents.Realtime.Hub;
using Refit;

namespace Agents.Realtime.Handlers;

/// <summary>What Registry would not take of what a device says, as its frame is answered.</summary>
internal static class RegistryFault
{
    /// <param name="of">Of what it was said, with its article.</param>
    /// <returns>Null where it is no answer, but something is broken.</returns>
    public static Fault? Of(ApiException refused, string of) => refused.StatusCode switch
    {
        HttpStatusCode.NotFound => new(ErrorCode.NotFound, "This device is not enrolled any more."),
        HttpStatusCode.BadRequest => new(ErrorCode.Invalid, $"This can't be said of {of}."),
        HttpStatusCode.TooManyRequests => new(ErrorCode.TooMany, "So many changes at once are too many. Send it again in a second."),
        _ => null,
    };
}
