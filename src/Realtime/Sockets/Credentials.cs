using Microsoft.Extensions.Primitives;

namespace Agents.Realtime.Sockets;

/// <summary>What a handshake brings along. Pure.</summary>
/// <param name="Bearer">From the Authorization header.</param>
internal sealed record Credentials(
    string? Role, string? Bearer, string? Token, string? Ticket, string? DeviceId, string? AgentId, string? AgentToken, string? ClientId,
    string? LastEventId = null, string? Address = null)
{
    private const string BearerPrefix = "Bearer ";
    private const int MaxLength = 8192;

    public static Credentials Of(HttpRequest request)
    {
        var query = request.Query;
        return new(
            One(query["role"]), BearerOf(request.Headers.Authorization), One(query["token"]), One(query["ticket"]),
            One(query["device_id"]), One(query["agent_id"]), One(query["agent_token"]), One(query["client_id"]),
            One(query["last_event_id"]), AddressOf(request));
    }

    public static string? BearerOf(StringValues header) =>
        One(header) is { } value && value.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase) ? value[BearerPrefix.Length..].Trim() : null;

    /// <summary>As the gateway saw it, which is the last to write it down.</summary>
    private static string? AddressOf(HttpRequest request) =>
        request.Headers["X-Forwarded-For"] is [.., { Length: > 0 } forwarded]
            ? forwarded[(forwarded.LastIndexOf(',') + 1)..].Trim()
            : request.HttpContext.Connection.RemoteIpAddress?.ToString();

    /// <summary>Said twice is not said at all: nobody can tell which counts.</summary>
    private static string? One(StringValues values) => values is [{ Length: > 0 and <= MaxLength } value] ? value : null;
}
