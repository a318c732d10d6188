using Agents.Contracts;

namespace Agents.Gateway.Edge;

/// <summary>What the edge found out about who asks.</summary>
/// <param name="UserId">The signed-in person, else null.</param>
/// <param name="Unverified">Holds a credential that only its service can judge.</param>
/// <param name="Refusal">Why the request goes no further, else <see cref="ErrorCode.Ok"/>.</param>
internal readonly record struct Identified(string? UserId, bool Unverified = false, ErrorCode Refusal = ErrorCode.Ok, string? Message = null)
{
    public static Identified Nobody => default;

    public static Identified Refused(ErrorCode code, string? message = null) => new(null, Refusal: code, Message: message);
}
