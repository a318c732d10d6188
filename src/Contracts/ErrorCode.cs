namespace Agents.Contracts;

/// <summary>The envelope's codes. Each belongs to one HTTP status; 1001 and 1004 cover some near relatives as well.</summary>
public enum ErrorCode
{
    Ok = 0,
    Invalid = 1001,
    NotSignedIn = 1002,
    NotAllowed = 1003,
    TooMany = 1004,
    NotFound = 2001,
    WrongState = 3001,
    Clash = 3002,
    Failed = 5000,
    Unavailable = 5003,
}

public static class ErrorCodes
{
    public static int HttpStatus(this ErrorCode code) => code switch
    {
        ErrorCode.Ok => 200,
        ErrorCode.Invalid => 400,
        ErrorCode.NotSignedIn => 401,
        ErrorCode.NotAllowed => 403,
        ErrorCode.TooMany => 429,
        ErrorCode.NotFound => 404,
        ErrorCode.WrongState or ErrorCode.Clash => 409,
        ErrorCode.Unavailable => 503,
        _ => 500,
    };

    public static string DefaultMessage(this ErrorCode code) => code switch
    {
        ErrorCode.Ok => "OK",
        ErrorCode.Invalid => "The request is wrong.",
        ErrorCode.NotSignedIn => "Not signed in, or the token is no good.",
        ErrorCode.NotAllowed => "Not allowed.",
        ErrorCode.TooMany => "Too many requests. Try again later.",
        ErrorCode.NotFound => "There is no such thing, or it is not yours to see.",
        ErrorCode.WrongState => "Its state does not allow this.",
        ErrorCode.Clash => "It exists already, or somebody changed it first.",
        ErrorCode.Unavailable => "A part is down for the moment. Try again soon.",
        _ => "Something failed on our side. The log has the request id.",
    };

    /// <summary>The code for a status that was set without one, by the framework or a proxy.</summary>
    public static ErrorCode FromHttpStatus(int status) => status switch
    {
        < 400 => ErrorCode.Ok,
        401 => ErrorCode.NotSignedIn,
        403 => ErrorCode.NotAllowed,
        404 => ErrorCode.NotFound,
        409 => ErrorCode.Clash,
        429 => ErrorCode.TooMany,
        < 500 => ErrorCode.Invalid,
        502 or 503 or 504 => ErrorCode.Unavailable,
        _ => ErrorCode.Failed,
    };
}
