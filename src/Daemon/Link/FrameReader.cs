using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using Agents.Contracts.Realtime;
using Microsoft.Extensions.Logging;

namespace Agents.Daemon.Link;

/// <summary>Frames as they come. One that can't be understood is logged and passed over: it hurts nothing that follows.</summary>
internal sealed partial class FrameReader(WebSocket socket, ILogger log)
{
    private const int ReadSize = 4096;

    private readonly ArrayBufferWriter<byte> _message = new(ReadSize);

    /// <summary>Null where the server has closed; its code is in the socket then.</summary>
    public async Task<Frame?> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            _message.ResetWrittenCount();
            ValueWebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(_message.GetMemory(ReadSize), cancellationToken);
                _message.Advance(part.Count);
                if (_message.WrittenCount > Frame.MaxBytes)
                {
                    throw new WebSocketException(WebSocketError.HeaderError, $"the server sent a frame of more than {Frame.MaxBytes} bytes");
                }
            }
            while (!part.EndOfMessage);

            if (part.MessageType is WebSocketMessageType.Close)
            {
                return null;
            }

            if (part.MessageType is WebSocketMessageType.Text && Understood() is { } frame)
            {
                return frame;
            }
        }
    }

    private Frame? Understood()
    {
        try
        {
            if (JsonSerializer.Deserialize(_message.WrittenSpan, DaemonJson.Wire.Frame) is { Type: not null } frame)
            {
                return frame;
            }

            Log.NoFrame(log, "it has no type");
        }
        catch (JsonException e)
        {
            Log.NoFrame(log, e.Message);
        }

        return null;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The server sent something that is no frame: {Problem}")]
        public static partial void NoFrame(ILogger log, string problem);
    }
}
