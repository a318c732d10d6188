using Agents.Contracts;
using Agents.Contracts.Realtime;

namespace Agents.Realtime.Sockets;

/// <summary>Why somebody is not let in: told in the dialect's words, then the connection ends with the code.</summary>
internal sealed record Refusal(ErrorCode Code, string Message)
{
    public int CloseCode => Code switch
    {
        ErrorCode.NotAllowed or ErrorCode.NotFound => Contracts.Realtime.CloseCode.NotAllowed,
        ErrorCode.Unavailable or ErrorCode.TooMany => Contracts.Realtime.CloseCode.TryLater,
        _ => Contracts.Realtime.CloseCode.NotSignedIn,
    };

    public AuthError ToMessage() => new((int)Code, Message);

    public static Refusal BadCredential(string what) => new(ErrorCode.NotSignedIn, $"The {what} is no good.");
}
