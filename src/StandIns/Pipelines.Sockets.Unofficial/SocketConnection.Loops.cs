using System.Net.Sockets;

namespace Pipelines.Sockets.Unofficial;

public sealed partial class SocketConnection
{
    private async Task SendAsync()
    {
        Exception? failure = null;
        try
        {
            var reader = _toSocket.Reader;
            while (true)
            {
                var result = await reader.ReadAsync().ConfigureAwait(false);
                if (result.IsCanceled || (result.IsCompleted && result.Buffer.IsEmpty))
                {
                    break;
                }

                foreach (var segment in result.Buffer)
                {
                    await SendAllAsync(segment).ConfigureAwait(false);
                }

                reader.AdvanceTo(result.Buffer.End);
            }

            TrySetShutdown(PipeShutdownKind.WriteEndOfStream);
        }
        catch (Exception thrown)
        {
            failure = Describe(thrown, PipeShutdownKind.WriteSocketError, PipeShutdownKind.WriteDisposed, PipeShutdownKind.WriteException);
        }

        ShutDown(SocketShutdown.Send);

        // It is also what lets go a flush that waits for room.
        await _toSocket.Reader.CompleteAsync(failure).ConfigureAwait(false);
        TrySetShutdown(PipeShutdownKind.OutputReaderCompleted);
    }

    private async ValueTask SendAllAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var sent = await Socket.SendAsync(bytes, SocketFlags.None).ConfigureAwait(false);
            Interlocked.Add(ref _bytesSent, sent);
            bytes = bytes[sent..];
        }
    }

    private async Task ReceiveAsync()
    {
        Exception? failure = null;
        try
        {
            var writer = _fromSocket.Writer;
            while (true)
            {
                var received = await Socket.ReceiveAsync(writer.GetMemory(1), SocketFlags.None).ConfigureAwait(false);
                LastReceived = received;
                if (received == 0)
                {
                    TrySetShutdown(PipeShutdownKind.ReadEndOfStream);
                    break;
                }

                writer.Advance(received);
                Interlocked.Add(ref _bytesRead, received);

                var result = await writer.FlushAsync().ConfigureAwait(false);
                if (result.IsCompleted || result.IsCanceled)
                {
                    TrySetShutdown(result.IsCompleted ? PipeShutdownKind.ReadFlushCompleted : PipeShutdownKind.ReadFlushCanceled);
                    break;
                }
            }
        }
        catch (Exception thrown)
        {
            failure = Describe(thrown, PipeShutdownKind.ReadSocketError, PipeShutdownKind.ReadDisposed, PipeShutdownKind.ReadException);
        }

        ShutDown(SocketShutdown.Receive);
        await _fromSocket.Writer.CompleteAsync(failure).ConfigureAwait(false);
        TrySetShutdown(PipeShutdownKind.InputWriterCompleted);
    }

    /// <summary>What the other end of the pipe shall see: nothing where the connection was closed on purpose.</summary>
    private Exception? Describe(Exception thrown, PipeShutdownKind bySocket, PipeShutdownKind byDispose, PipeShutdownKind otherwise)
    {
        switch (thrown)
        {
            case ObjectDisposedException:
            case SocketException { SocketErrorCode: SocketError.OperationAborted }:
                TrySetShutdown(byDispose);
                return null;
            case SocketException { SocketErrorCode: SocketError.ConnectionReset } reset:
                TrySetShutdown(bySocket, reset.SocketErrorCode);
                return new ConnectionResetException(reset.Message, reset);
            case SocketException error:
                TrySetShutdown(bySocket, error.SocketErrorCode);
                return error;
            default:
                TrySetShutdown(otherwise);
                return thrown as IOException ?? new IOException(thrown.Message, thrown);
        }
    }

    private void ShutDown(SocketShutdown half)
    {
        try
        {
            Socket.Shutdown(half);
        }
        catch (Exception gone) when (gone is ObjectDisposedException or SocketException)
        {
            // Already shut.
        }
    }
}
