using System.Net.WebSockets;
using Agents.Contracts.Realtime;

namespace Agents.Daemon.Link;

internal enum EndKind
{
    /// <summary>Come back soon.</summary>
    Lost,

    /// <summary>The credential is no good: come back rarely, and tell a person.</summary>
    Refused,

    /// <summary>Another daemon has this identity: don't come back, or the two would chase each other out for ever.</summary>
    Replaced,

    /// <summary>We wanted it so.</summary>
    Stopped,
}

/// <summary>Why a connection is over, or never came about.</summary>
internal sealed record LinkEnd(EndKind Kind, string Reason)
{
    public static LinkEnd Lost(string reason) => new(EndKind.Lost, reason);

    /// <param name="said">What an <c>auth/error</c> said just before.</param>
    public static LinkEnd Closed(WebSocketCloseStatus? status, string? description, string? said) => (int?)status switch
    {
        CloseCode.NotSignedIn or CloseCode.NotAllowed => new(EndKind.Refused, said ?? description ?? "the credential is no good"),
        CloseCode.Replaced => new(EndKind.Replaced, description ?? "a newer connection took its place"),
        // An auth/error is as good as its close code, which a proxy may have swallowed.
        _ when said is not null => new(EndKind.Refused, said),
        { } code => Lost($"the server closed the connection ({code}{(description is { Length: > 0 } ? $", {description}" : "")})"),
        null => Lost("the connection broke"),
    };
}
