using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Agents.Tests.Units.Scheduler;

/// <summary>
/// A store of blobs in memory, on loopback. It refuses each request whose signature is not what its protocol's text says,
/// worked out here from that text and not by the product's code.
/// </summary>
internal abstract class ArtifactStandIn : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _failures;

    protected ArtifactStandIn()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        _app = builder.Build();
        _app.Run(TakeAsync);
    }

    public ConcurrentDictionary<string, byte[]> Blobs { get; } = new();

    /// <summary>Pieces of uploads that are not finished, by blob.</summary>
    public ConcurrentDictionary<(string Blob, string Piece), byte[]> Pieces { get; } = new();

    /// <summary>Method and query of what was asked, in order.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public ConcurrentQueue<string> Refused { get; } = new();

    public string Address => _app.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public Task StartAsync() => _app.StartAsync(TestContext.Current.CancellationToken);

    /// <summary>The next so many requests meet a store that is busy.</summary>
    public void FailNext(int count) => _failures = count;

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    /// <summary>Null where the signature is right, else what should have been signed.</summary>
    protected abstract string? Fault(HttpRequest request, string target, byte[] body);

    protected abstract (int Status, byte[] Body) Answer(HttpRequest request, string blob, byte[] body);

    protected IEnumerable<byte[]> Take(string blob, IEnumerable<string> pieces) => [.. pieces.Select(piece => Pieces.Remove((blob, piece), out var bytes) ? bytes : throw new InvalidOperationException(piece))];

    protected (int Status, byte[] Body) Read(HttpRequest request, string blob, string rangeHeader)
    {
        if (!Blobs.TryGetValue(blob, out var bytes))
        {
            return (404, []);
        }

        return request.Headers[rangeHeader].ToString() is { Length: > 0 } range ? (206, bytes[int.Parse(range["bytes=".Length..^1])..]) : (200, bytes);
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var memory = new MemoryStream();
        await context.Request.Body.CopyToAsync(memory);
        var body = memory.ToArray();
        Asked.Enqueue($"{context.Request.Method} {context.Request.QueryString}");
        if (Interlocked.Decrement(ref _failures) >= 0)
        {
            context.Response.StatusCode = 503;
            return;
        }

        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        if (Fault(context.Request, target, body) is { } fault)
        {
            Refused.Enqueue(fault);
            context.Response.StatusCode = 403;
            await context.Response.WriteAsync("<Error><Code>SignatureDoesNotMatch</Code></Error>");
            return;
        }

        var (status, answer) = Answer(context.Request, context.Request.Path.Value!, body);
        context.Response.StatusCode = status;
        await context.Response.Body.WriteAsync(answer);
    }
}
