using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Agents.Tests.StandIns.Refit;

/// <summary>What the server saw of a request, byte for byte where it matters.</summary>
public sealed record Seen(string Method, string Target, Dictionary<string, string> Headers, string Body);

/// <summary>A real Kestrel on a free port of the loopback that answers what it was asked, or badly, or never.</summary>
public sealed class Echo : IAsyncLifetime
{
    private readonly WebApplication _app;

    public Echo()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();

        _app.MapGet("/errors/{status:int}", FailAsync);
        _app.MapGet("/broken", () => Results.Text("{ not json", "application/json"));
        _app.MapGet("/text", () => "plain");
        _app.MapGet("/never", NeverAsync);
        _app.MapGet("/stalls/{status:int}", StallAsync);
        _app.MapFallback("/{**path}", EchoAsync);
    }

    public Uri Address => new(_app.Urls.Single());

    /// <summary>Done when a caller waits on /never.</summary>
    public TaskCompletionSource Waiting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done when a caller has hung up on /never or /stalls.</summary>
    public TaskCompletionSource HungUp { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HttpClient Client(string path = "") => new() { BaseAddress = new Uri(Address, path) };

    public async ValueTask InitializeAsync() => await _app.StartAsync();

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static async Task EchoAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var seen = new Seen(
            context.Request.Method,
            context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            await reader.ReadToEndAsync(context.RequestAborted));

        context.Response.Headers["X-Echo"] = seen.Method;
        await context.Response.WriteAsJsonAsync(seen, context.RequestAborted);
    }

    private static async Task FailAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        context.Response.Headers["X-Reason"] = "because";
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync($$"""{"code":{{status}},"filler":"{{new string('x', 300_000)}}"}""", context.RequestAborted);
    }

    private async Task NeverAsync(HttpContext context)
    {
        using var registration = context.RequestAborted.Register(HungUp.SetResult);
        Waiting.SetResult();
        await HungUp.Task;
    }

    private async Task StallAsync(HttpContext context, int status)
    {
        // Registered first, and writing without the token: the caller may hang up as soon as it sees the headers.
        using var registration = context.RequestAborted.Register(HungUp.SetResult);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync("{", CancellationToken.None);
        await context.Response.Body.FlushAsync(CancellationToken.None);
        await HungUp.Task;
    }
}
