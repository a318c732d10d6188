using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Agents.Bench.Figures;

/// <summary>
/// A full garbage collection in another process, asked for as profilers do it: by a trace session with the keyword
/// GCHeapCollect, over the diagnostics port that each .NET process has. So a service needs no back door for measuring.
/// </summary>
internal static class Collection
{
    private const ushort CollectTracing = 0x0202;
    private const ushort StopTracing = 0x0102;
    private const ulong HeapCollect = 0x80_0000;
    private const uint Informational = 4;
    private const int HeadLength = 20;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);

    /// <summary>Done when memory that is free now had time to go back to the system.</summary>
    public static async Task RunAsync(int processId, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        await using var trace = await OpenAsync(processId, Message(CollectTracing, Session()), limit.Token);
        var answer = new byte[HeadLength + sizeof(ulong)];
        await trace.ReadExactlyAsync(answer, limit.Token);
        var drained = trace.CopyToAsync(Stream.Null, limit.Token);
        await Task.Delay(Settling, limit.Token);
        await using var stop = await OpenAsync(processId, Message(StopTracing, answer[HeadLength..]), limit.Token);
        await drained;
    }

    private static async Task<NetworkStream> OpenAsync(int processId, byte[] message, CancellationToken cancellationToken)
    {
        var path = Directory.EnumerateFiles(Path.GetTempPath(), $"dotnet-diagnostic-{processId}-*-socket").First();
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
        var stream = new NetworkStream(socket, ownsSocket: true);
        await stream.WriteAsync(message, cancellationToken);
        return stream;
    }

    private static byte[] Message(ushort command, byte[] payload)
    {
        var message = new byte[HeadLength + payload.Length];
        "DOTNET_IPC_V1\0"u8.CopyTo(message);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(14), (ushort)message.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(16), command);
        payload.CopyTo(message, HeadLength);
        return message;
    }

    private static byte[] Session()
    {
        const string provider = "Microsoft-Windows-DotNETRuntime\0";
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(1u); // MB of buffer
        writer.Write(1u); // the format nettrace
        writer.Write(1u); // one provider
        writer.Write(HeapCollect);
        writer.Write(Informational);
        writer.Write((uint)provider.Length);
        writer.Write(Encoding.Unicode.GetBytes(provider));
        writer.Write(0u); // no arguments
        return bytes.ToArray();
    }
}
