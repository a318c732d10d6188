using System.Globalization;
using System.Text;
using Agents.Contracts;
using Agents.Contracts.Realtime;

namespace Agents.Realtime.Grpc;

internal enum GrpcCode
{
    Ok = 0,
    InvalidArgument = 3,
    DeadlineExceeded = 4,
    PermissionDenied = 7,
    ResourceExhausted = 8,
    FailedPrecondition = 9,
    Aborted = 10,
    Unimplemented = 12,
    Internal = 13,
    Unavailable = 14,
    Unauthenticated = 16,
}

/// <summary>How a call ended, as its trailers say it. Pure.</summary>
internal sealed record GrpcStatus(GrpcCode Code, string Message = "")
{
    /// <summary>The hub's close codes in gRPC's words.</summary>
    public static GrpcStatus OfClose(int code, string reason) => new(
        code switch
        {
            CloseCode.NotSignedIn => GrpcCode.Unauthenticated,
            CloseCode.NotAllowed => GrpcCode.PermissionDenied,
            CloseCode.TooSlow => GrpcCode.ResourceExhausted,
            CloseCode.Replaced => GrpcCode.Aborted,
            _ => GrpcCode.Unavailable,
        },
        reason);

    public static GrpcStatus OfRefusal(ErrorCode code, string message) => new(
        code switch
        {
            ErrorCode.NotAllowed or ErrorCode.NotFound => GrpcCode.PermissionDenied,
            ErrorCode.Unavailable => GrpcCode.Unavailable,
            _ => GrpcCode.Unauthenticated,
        },
        message);

    public void WriteTo(HttpResponse response)
    {
        response.AppendTrailer("grpc-status", ((int)Code).ToString(CultureInfo.InvariantCulture));
        if (Message.Length > 0)
        {
            response.AppendTrailer("grpc-message", Escaped(Message));
        }
    }

    /// <summary>Percent-encoded where it is not plain ASCII, as the protocol wants it.</summary>
    public static string Escaped(string message)
    {
        var text = new StringBuilder(message.Length);
        foreach (var one in Encoding.UTF8.GetBytes(message))
        {
            _ = one is >= 0x20 and <= 0x7E and not (byte)'%' ? text.Append((char)one) : text.Append('%').Append(one.ToString("X2", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }
}

/// <summary>The call can't go on; this is what its trailers will say.</summary>
internal sealed class GrpcException(GrpcCode code, string message) : Exception(message)
{
    public GrpcStatus Status => new(code, Message);
}
