using System.IO.Pipelines;

namespace Pipelines.Sockets.Unofficial;

/// <summary>
/// Two pipes and a loop for each. PipeReader.Create would be shorter, but completing such a reader gives its memory back
/// while a read may still be filling it, and that is how a connection is shut down here.
/// </summary>
internal sealed class StreamPipe : IMeasuredDuplexPipe, IDisposable
{
    private readonly Stream _stream;
    private readonly Pipe _toStream;
    private readonly Pipe _fromStream;
    private readonly string? _name;
    private long _sent;
    private long _received;

    internal StreamPipe(Stream stream, PipeOptions sendOptions, PipeOptions receiveOptions, string? name)
    {
        ArgumentNullException.ThrowIfNull(stream);

        _stream = stream;
        _toStream = new Pipe(sendOptions);
        _fromStream = new Pipe(receiveOptions);
        _name = name;
        sendOptions.ReaderScheduler.Schedule(static state => _ = ((StreamPipe)state!).SendAsync(), this);
        receiveOptions.WriterScheduler.Schedule(static state => _ = ((StreamPipe)state!).ReceiveAsync(), this);
    }

    public PipeReader Input => _fromStream.Reader;

    public PipeWriter Output => _toStream.Writer;

    public long TotalBytesSent => Interlocked.Read(ref _sent);

    public long TotalBytesReceived => Interlocked.Read(ref _received);

    public void Dispose()
    {
        _stream.Dispose();
        _toStream.Reader.CancelPendingRead();
        _fromStream.Writer.CancelPendingFlush();
    }

    public override string ToString() => _name ?? nameof(StreamPipe);

    private async Task SendAsync()
    {
        Exception? failure = null;
        try
        {
            while (true)
            {
                var result = await _toStream.Reader.ReadAsync().ConfigureAwait(false);
                if (result.IsCanceled || (result.IsCompleted && result.Buffer.IsEmpty))
                {
                    break;
                }

                foreach (var segment in result.Buffer)
                {
                    await _stream.WriteAsync(segment).ConfigureAwait(false);
                    Interlocked.Add(ref _sent, segment.Length);
                }

                await _stream.FlushAsync().ConfigureAwait(false);
                _toStream.Reader.AdvanceTo(result.Buffer.End);
            }
        }
        catch (Exception thrown)
        {
            failure = Described(thrown);
        }

        await _toStream.Reader.CompleteAsync(failure).ConfigureAwait(false);
    }

    private async Task ReceiveAsync()
    {
        Exception? failure = null;
        try
        {
            var writer = _fromStream.Writer;
            FlushResult result = default;
            while (!result.IsCompleted && !result.IsCanceled
                && await _stream.ReadAsync(writer.GetMemory(1)).ConfigureAwait(false) is var received && received > 0)
            {
                writer.Advance(received);
                Interlocked.Add(ref _received, received);
                result = await writer.FlushAsync().ConfigureAwait(false);
            }
        }
        catch (Exception thrown)
        {
            failure = Described(thrown);
        }

        await _fromStream.Writer.CompleteAsync(failure).ConfigureAwait(false);
    }

    /// <summary>Closed on purpose is no failure.</summary>
    private static Exception? Described(Exception thrown) =>
        thrown is ObjectDisposedException ? null : thrown as IOException ?? new IOException(thrown.Message, thrown);
}
