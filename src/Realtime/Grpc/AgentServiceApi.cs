using Agents.Contracts;
using Agents.Realtime.Hub;
using Agents.Realtime.Sockets;
using Microsoft.Extensions.Options;

namespace Agents.Realtime.Grpc;

/// <summary><c>proto.AgentService/Connect</c> on Kestrel's HTTP/2, without a gRPC server library (docs/adr/0016-grpc-by-hand.md).</summary>
internal static class AgentServiceApi
{
    private const string ContentType = "application/grpc";

    public static void AddGrpc(this WebApplicationBuilder builder) => builder.Services.AddSingleton<GrpcDialect>();

    public static void MapGrpc(this IEndpointRouteBuilder routes)
    {
        var service = routes.MapGroup("/proto.AgentService").ExcludeFromDescription();
        service.ShortCircuit();

        service.MapPost("/Connect", ConnectAsync);
        service.MapPost("/{method}", (string method, HttpContext context) =>
            EndAsync(context, new(GrpcCode.Unimplemented, $"proto.AgentService has no method {method}.")));
    }

    private static async Task ConnectAsync(
        HttpContext context, Admission admission, Handshakes handshakes, GrpcDialect dialect, Welcome welcome, Router router,
        IOptions<HubOptions> options, TimeProvider time)
    {
        if (!(context.Request.ContentType ?? "").StartsWith(ContentType, StringComparison.OrdinalIgnoreCase) || !HttpProtocol.IsHttp2(context.Request.Protocol))
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        var deadline = GrpcTimeout.Parse(context.Request.Headers["grpc-timeout"]);
        // Not a timer of ours: its callback could still come when the call, and what it cancels, is gone.
        using var late = deadline is { } given ? new CancellationTokenSource(given, time) : null;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, late?.Token ?? CancellationToken.None);
        try
        {
            var device = (DevicePeer)await handshakes.DoAsync(
                async token => await admission.DeviceAsync(Credentials.BearerOf(context.Request.Headers.Authorization), null, takesTasks: false, token), ended.Token);
            Begin(context);
            await context.Response.StartAsync(ended.Token);
            var status = await new AgentServiceCall(context, device, dialect, welcome, router, options.Value, time, ended).RunAsync();
            await EndAsync(context, status);
        }
        catch (RefusedException e)
        {
            await EndAsync(context, GrpcStatus.OfRefusal(e.Refusal.Code, e.Message));
        }
        catch (GrpcException e)
        {
            await EndAsync(context, e.Status);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            await EndAsync(context, deadline is null
                ? new(GrpcCode.Unavailable, "It cannot be checked for the moment who you are. Try again soon.")
                : new(GrpcCode.DeadlineExceeded, "The deadline of the call is over."));
        }
        catch (Exception e) when (e is Refit.ApiException or HttpRequestException or TimeoutException or ServiceDefaults.Auth.KeysUnknownException)
        {
            await EndAsync(context, new(GrpcCode.Unavailable, ErrorCode.Unavailable.DefaultMessage()));
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The client has left in the middle; nobody is there to be told.
        }
    }

    private static void Begin(HttpContext context)
    {
        context.Response.ContentType = ContentType;
        context.Response.Headers["grpc-accept-encoding"] = "identity";
    }

    private static async Task EndAsync(HttpContext context, GrpcStatus status)
    {
        if (!context.Response.HasStarted)
        {
            Begin(context);
            await context.Response.StartAsync(context.RequestAborted);
        }

        status.WriteTo(context.Response);
        await context.Response.CompleteAsync();
    }
}
