using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Agents.Daemon.State;
using Microsoft.Extensions.Logging;

namespace Agents.Daemon.Mcp;

/// <summary>
/// Where tasks' programs come in for their tools: a socket in the state folder. Who comes says the token of its run first, in a
/// line, and is told in a line whether it may; after that both speak MCP.
/// </summary>
internal sealed partial class McpDoor(Folders folders, TimeProvider time, ILogger log) : IDisposable
{
    public const string Welcome = "ok";

    /// <summary>Of all runs together; who comes then is not let in.</summary>
    private const int MostConnections = 100;

    private const int LongestToken = 128;

    private static readonly TimeSpan TokenLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<McpSeat, bool> _seats = new();
    private int _connections;
    private Socket? _socket;

    /// <summary>Null where it is not open: then tasks are worked on without it.</summary>
    public string? Path { get; private set; }

    public void Open()
    {
        try
        {
            var path = McpAddress.In(folders.State);
            PrivateFile.MakeFolder(System.IO.Path.GetDirectoryName(path)!);
            // What a daemon before this one has left; there is one daemon for a state folder.
            File.Delete(path);
            _socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            using var address = new McpAddress(path);
            _socket.Bind(address.EndPoint);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            _socket.Listen(64);
            Path = path;
        }
        catch (Exception e) when (e is SocketException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            Log.NotOpen(log, e.Message);
        }
    }

    public McpSeat Seat(string token, Func<CancellationToken, Tools.ToolBox> tools)
    {
        var seat = new McpSeat(token, tools, left => _seats.TryRemove(left, out _));
        _seats[seat] = true;
        return seat;
    }

    public async Task RunAsync(CancellationToken stop)
    {
        while (_socket is { } socket && !stop.IsCancellationRequested)
        {
            try
            {
                var came = await socket.AcceptAsync(stop);
                _ = ServeAsync(came, stop);
            }
            catch (Exception e) when (e is SocketException && !stop.IsCancellationRequested)
            {
                Log.NotAccepted(log, e.Message);
                await Task.Delay(PauseAfterFailure, time, stop);
            }
        }
    }

    public void Dispose()
    {
        _socket?.Dispose();
        if (Path is not null)
        {
            File.Delete(Path);
        }
    }

    private async Task ServeAsync(Socket came, CancellationToken stop)
    {
        await Task.Yield();
        var isCounted = Interlocked.Increment(ref _connections) <= MostConnections;
        try
        {
            await using var stream = new NetworkStream(came, ownsSocket: true);
            using var limit = new CancellationTokenSource(TokenLimit, time);
            using var asked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
            if (await TokenAsync(stream, asked.Token) is not { } token || FindSeat(token) is not { } seat)
            {
                await SayAsync(stream, $"no: this is the token of no run that goes on here. Tools are there while a task is worked on, for its own program.", asked.Token);
            }
            else if (!isCounted || !seat.TryConnect())
            {
                await SayAsync(stream, $"no: {(isCounted ? McpSeat.MostConnections : MostConnections)} connections are open already.", asked.Token);
            }
            else
            {
                await SpeakAsync(seat, stream, asked.Token, stop);
            }
        }
        catch (Exception e)
        {
            // Of one connection; the others go on. It may as well have just been closed.
            Log.Ended(log, e.Message);
        }
        finally
        {
            Interlocked.Decrement(ref _connections);
        }
    }

    private static async Task SpeakAsync(McpSeat seat, NetworkStream stream, CancellationToken first, CancellationToken stop)
    {
        try
        {
            await SayAsync(stream, Welcome, first);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(seat.Over, stop);
            await McpSession.RunAsync(seat, stream, either.Token);
        }
        finally
        {
            seat.Disconnected();
        }
    }

    /// <summary>All are looked at, whichever it is.</summary>
    private McpSeat? FindSeat(string token)
    {
        var hash = McpSeat.HashOf(token);
        McpSeat? found = null;
        foreach (var seat in _seats.Keys)
        {
            found = seat.IsOf(hash) ? seat : found;
        }

        return found;
    }

    private static Task SayAsync(NetworkStream stream, string line, CancellationToken cancellationToken) =>
        stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), cancellationToken).AsTask();

    /// <summary>Byte by byte: what comes after the line is not ours.</summary>
    private static async Task<string?> TokenAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var line = new byte[LongestToken];
        for (var length = 0; length < line.Length; length++)
        {
            if (await stream.ReadAsync(line.AsMemory(length, 1), cancellationToken) == 0)
            {
                return null;
            }

            if (line[length] == '\n')
            {
                return Encoding.UTF8.GetString(line, 0, length).TrimEnd('\r');
            }
        }

        return null;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Agents can't have their tools here (mcp): {Problem}. Tasks are worked on without them")]
        public static partial void NotOpen(ILogger log, string problem);

        [LoggerMessage(LogLevel.Warning, "A program that wanted its tools could not come in: {Problem}")]
        public static partial void NotAccepted(ILogger log, string problem);

        [LoggerMessage(LogLevel.Debug, "A connection for tools ended: {Problem}")]
        public static partial void Ended(ILogger log, string problem);
    }
}
