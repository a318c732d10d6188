using System.CommandLine;
using System.Net.Sockets;
using System.Text;
using Agents.Daemon.Mcp;
using Agents.Daemon.Terminal;

namespace Agents.Daemon.Commands;

/// <summary>The end of the tools that a task's program starts: what it says goes to the daemon, and back.</summary>
internal static class McpCommand
{
    private const int LongestAnswer = 1024;

    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LastWordsLimit = TimeSpan.FromSeconds(5);

    public static Command Create(Shell shell)
    {
        var command = new Command("mcp", "The tools of a task's program, by the Model Context Protocol on stdin and stdout. Works within a task only.");
        command.SetAction((_, cancellationToken) => RunAsync(shell, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Shell shell, CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable(McpLaunch.SocketVariable) is not { Length: > 0 } path
            || Environment.GetEnvironmentVariable(McpLaunch.TokenVariable) is not { Length: > 0 } token)
        {
            throw new Failure(
                ExitCode.Usage, $"This is no task of a daemon: {McpLaunch.SocketVariable} and {McpLaunch.TokenVariable} are not set. 'ccc mcp' is started by the program of a task, whose post does not say mcp: false.");
        }

        await using var stream = await ConnectAsync(path, token, shell.Time, cancellationToken);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sending = SendAsync(stream, over.Token);
        var receiving = ReceiveAsync(stream, over.Token);
        if (await Task.WhenAny(sending, receiving) == sending && sending.IsCompletedSuccessfully)
        {
            // It has nothing more to say, and may yet be told something.
            await Task.WhenAny(receiving, Task.Delay(LastWordsLimit, shell.Time, cancellationToken));
        }

        await over.CancelAsync();
        return ExitCode.Ok;
    }

    private static async Task<NetworkStream> ConnectAsync(string path, string token, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(ConnectLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        var stream = default(NetworkStream);
        try
        {
            using var address = new McpAddress(path);
            await socket.ConnectAsync(address.EndPoint, either.Token);
            stream = new NetworkStream(socket, ownsSocket: true);
            await stream.WriteAsync(Encoding.UTF8.GetBytes(token + "\n"), either.Token);
            var answer = await LineAsync(stream, either.Token);
            return answer is McpDoor.Welcome ? stream : throw new Failure(ExitCode.NotSignedIn, $"The daemon says {answer}");
        }
        catch (Exception e) when (e is SocketException or IOException or ArgumentException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            stream?.Dispose();
            socket.Dispose();
            throw new Failure(ExitCode.Unreachable, $"The daemon of this task can't be reached at {path}: {(e is OperationCanceledException ? "it does not answer" : e.Message)}", e);
        }
    }

    private static async Task SendAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        await using var input = Console.OpenStandardInput();
        await input.CopyToAsync(stream, cancellationToken);
        stream.Socket.Shutdown(SocketShutdown.Send);
    }

    private static async Task ReceiveAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        await using var output = Console.OpenStandardOutput();
        await stream.CopyToAsync(output, cancellationToken);
    }

    private static async Task<string> LineAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var line = new byte[LongestAnswer];
        var length = 0;
        while (length < line.Length && await stream.ReadAsync(line.AsMemory(length, 1), cancellationToken) == 1 && line[length] != '\n')
        {
            length++;
        }

        return Encoding.UTF8.GetString(line, 0, length);
    }
}
