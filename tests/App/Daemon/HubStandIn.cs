using System.Threading.Channels;
using Agents.Contracts;
using Agents.Contracts.Registry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Agents.Tests.App.Daemon;

/// <summary>A small server that speaks the device's part of the contract, word by word as a test wants it.</summary>
internal sealed class HubStandIn : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly WebApplication _app;
    private readonly Channel<HubSocket> _sockets = Channel.CreateUnbounded<HubSocket>();

    private HubStandIn(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    /// <summary>Answered instead of opening a socket.</summary>
    public int? Refuse { get; set; }

    public RegisterDeviceRequest? Registered { get; private set; }

    public static async Task<HubStandIn> StartAsync(int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var hub = new HubStandIn(app);
        app.UseWebSockets(new() { KeepAliveInterval = Timeout.InfiniteTimeSpan });
        app.MapGet("/ws", hub.AcceptAsync);
        app.MapPost("/api/v1/devices/register", hub.RegisterAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return hub;
    }

    /// <summary>The next connection that a device makes.</summary>
    public Task<HubSocket> NextAsync() => _sockets.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Limit);

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }

    private async Task AcceptAsync(HttpContext context)
    {
        if (Refuse is { } status)
        {
            context.Response.StatusCode = status;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var accepted = new HubSocket(socket, context.Request.Query["device_id"].ToString(), context.Request.Headers.Authorization.ToString());
        _sockets.Writer.TryWrite(accepted);
        await accepted.EndedAsync(context.RequestAborted);
    }

    private async Task RegisterAsync(HttpContext context)
    {
        Registered = await context.Request.ReadFromJsonAsync<RegisterDeviceRequest>(WireJson.Options, context.RequestAborted);
        var reply = new Envelope<RegisteredDevice>(0, "OK", new(Registered!.DeviceId, "dt_good", 30), "r1");
        await context.Response.WriteAsJsonAsync(reply, WireJson.Options, context.RequestAborted);
    }
}
