using Agents.Realtime.Hub;

namespace Agents.Realtime.Grpc;

/// <summary>The answering half of a call. Closing it only says how it ends: the trailers are written when the call returns.</summary>
internal sealed class GrpcLink(HttpContext context, CancellationTokenSource ended) : ILink
{
    public GrpcStatus? Status { get; private set; }

    public async ValueTask SendAsync(ReadOnlyMemory<byte> frame) =>
        await context.Response.BodyWriter.WriteAsync(frame, context.RequestAborted);

    public async ValueTask CloseAsync(int code, string reason)
    {
        Status = GrpcStatus.OfClose(code, reason);
        await ended.CancelAsync();
    }

    public void Abort() => context.Abort();
}
