using System.Security.Cryptography;
using System.Text;
using Agents.Daemon.Mcp.Tools;

namespace Agents.Daemon.Mcp;

/// <summary>One run at the door: its token, its tools, and what it has open. When the run ends all of it is cut.</summary>
internal sealed class McpSeat : IDisposable
{
    public const int MostConnections = 8;
    public const int MostCalls = 8;

    private readonly byte[] _tokenHash;
    private readonly Action<McpSeat> _left;
    private readonly CancellationTokenSource _over = new();
    private readonly CancellationToken _isOver;
    private int _connections;
    private int _calls;

    /// <param name="tools">Of the token that is canceled when the run is over.</param>
    public McpSeat(string token, Func<CancellationToken, ToolBox> tools, Action<McpSeat> left)
    {
        (_tokenHash, _left, _isOver) = (HashOf(token), left, _over.Token);
        Tools = tools(_isOver);
    }

    public ToolBox Tools { get; }

    public CancellationToken Over => _isOver;

    /// <summary>A call is being worked on: the program waits, and is not idle.</summary>
    public bool IsBusy => Volatile.Read(ref _calls) > 0;

    public static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    public static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>Takes as long for a wrong token as for a right one.</summary>
    public bool IsOf(ReadOnlySpan<byte> tokenHash) => CryptographicOperations.FixedTimeEquals(_tokenHash, tokenHash);

    public bool TryConnect() => TryEnter(ref _connections, MostConnections);

    public void Disconnected() => Interlocked.Decrement(ref _connections);

    public bool TryCall() => TryEnter(ref _calls, MostCalls);

    public void Called() => Interlocked.Decrement(ref _calls);

    public void Dispose()
    {
        _left(this);
        _over.Cancel();
        _over.Dispose();
    }

    private static bool TryEnter(ref int count, int most)
    {
        if (Interlocked.Increment(ref count) <= most)
        {
            return true;
        }

        Interlocked.Decrement(ref count);
        return false;
    }
}
