using System.IO.Pipelines;

namespace Pipelines.Sockets.Unofficial;

/// <summary>A stream, as TLS is one, read and written as pipes.</summary>
public static class StreamConnection
{
    public static IDuplexPipe GetDuplex(Stream stream, PipeOptions? sendPipeOptions, PipeOptions? receivePipeOptions, string? name = null) =>
        new StreamPipe(stream, sendPipeOptions ?? PipeOptions.Default, receivePipeOptions ?? PipeOptions.Default, name);

    public static PipeReader GetReader(Stream stream, PipeOptions? pipeOptions = null, string? name = null)
    {
        var options = pipeOptions ?? PipeOptions.Default;
        return PipeReader.Create(stream, new StreamPipeReaderOptions(options.Pool, Math.Max(1, options.MinimumSegmentSize)));
    }
}
