using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
using Agents.Contracts;
using Agents.Daemon.Config;

namespace Agents.Daemon.Server;

/// <summary>What the server refused, or why it could not be asked, in a sentence for a person.</summary>
internal static class Refusals
{
    public static Failure Of(ServerAddress server, HttpStatusCode status, Envelope<JsonElement>? envelope)
    {
        if (envelope is null)
        {
            return (int)status is >= 300 and < 400
                ? new(ExitCode.Failed, $"{server} sends on to another address; use that one.")
                : (int)status >= 502
                    ? new(ExitCode.Unreachable, $"{server} is not up: the proxy in front of it answers {(int)status}. Try again soon.")
                    : new(ExitCode.Failed, $"{server} answered {(int)status} and is no Agents server, or a proxy is in front of it. Check the address.");
        }

        return (ErrorCode)envelope.Code switch
        {
            ErrorCode.NotSignedIn => new(ExitCode.NotSignedIn, envelope.Message),
            ErrorCode.Unavailable => new(ExitCode.Unreachable, envelope.Message),
            ErrorCode.Failed => new(ExitCode.Failed, $"{envelope.Message} Request id: {envelope.RequestId}"),
            var code => new(ExitCode.Failed, envelope.Message + Fields(envelope.Data), code: code),
        };
    }

    public static Failure Unreachable(ServerAddress server, HttpRequestException e) => new(ExitCode.Unreachable, $"{server} can't be reached: {Reason(e)}", e);

    public static string Reason(Exception e) => e.GetBaseException() switch
    {
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "nothing listens there. Is the server running, and is the port right?",
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => "there is no such host. Is the name right?",
        SocketException { SocketErrorCode: SocketError.TimedOut } or TimeoutException or OperationCanceledException => "it does not answer. Is the address right, or is a firewall in between?",
        AuthenticationException tls when tls.Message.Contains(nameof(SslPolicyErrors.RemoteCertificateNameMismatch), StringComparison.Ordinal) =>
            "its TLS certificate is for another name. Is the name right?",
        AuthenticationException tls =>
            $"its TLS certificate is not trusted ({tls.Message.TrimEnd('.')}). If it is of a CA of your own, config.yaml names that as server.ca_file.",
        var other when e is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => $"it does not speak TLS there ({other.Message.TrimEnd('.')}). Is it http?",
        var other => other.Message,
    };

    private static string Fields(JsonElement data)
    {
        try
        {
            return data.ValueKind is JsonValueKind.Object && data.Deserialize(DaemonJson.Wire.FieldErrors)?.Errors is { } errors
                ? " " + string.Join("; ", errors.Select(error => $"{error.Key} {string.Join(", ", error.Value)}")) + "."
                : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }
}
