using Agents.Realtime.Dialects;

namespace Agents.Realtime.Sockets;

/// <summary>The WebSockets of all dialects.</summary>
internal static class SocketsApi
{
    /// <summary>Where agents that know of no acknowledgements come in.</summary>
    public const string Network = "/ws/network";

    public static void AddSockets(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<EnvelopeDialect>();
        builder.Services.AddSingleton<NetworkDialect>();
        builder.Services.AddSingleton<Guesses>();
        builder.Services.AddSingleton<Admission>();
        builder.Services.AddSingleton<Handshakes>();
        builder.Services.AddSingleton<SocketDoor>();
    }

    public static void MapSockets(this IEndpointRouteBuilder routes)
    {
        var sockets = routes.MapGroup("").ExcludeFromDescription();
        // Who it is a socket finds out for itself; what stands between would stay in memory for as long as it is open.
        sockets.ShortCircuit();

        sockets.MapGet("/ws", (HttpContext context, SocketDoor door, Admission admission, EnvelopeDialect dialect) =>
            door.ServeAsync(context, dialect, cancellationToken => admission.AdmitAsync(Credentials.Of(context.Request), cancellationToken)));
        sockets.MapGet(Network, (HttpContext context, SocketDoor door, Admission admission, NetworkDialect dialect) =>
            door.ServeAsync(context, dialect, cancellationToken => admission.AdmitToNetworkAsync(Credentials.Of(context.Request), cancellationToken)));
        sockets.MapGet("/api/v1/agents/{id}/ws", (string id, HttpContext context, SocketDoor door, Admission admission, EnvelopeDialect dialect) =>
            door.ServeAsync(context, dialect, cancellationToken => admission.AdmitToAsync(id, Credentials.Of(context.Request), cancellationToken)));
    }
}
