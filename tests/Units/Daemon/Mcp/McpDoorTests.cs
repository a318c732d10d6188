using System.Net.Sockets;
using System.Text;
using Agents.Daemon.Mcp;
using Agents.Daemon.Mcp.Tools;
using Agents.Daemon.Runners;
using Agents.Tests.Units.Daemon.Runners;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Agents.Tests.Units.Daemon.Mcp;

public sealed class McpDoorTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("ccc-door-");
    private readonly CancellationTokenSource _stop = new(Limit);
    private McpDoor _door = null!;
    private Task _running = Task.CompletedTask;

    public ValueTask InitializeAsync()
    {
        // Longer than the address of a socket may be.
        var state = Path.Combine(_home.FullName, new string('x', 200));
        _door = new(new(_home.FullName, state), TimeProvider.System, NullLogger.Instance);
        _door.Open();
        _running = _door.RunAsync(_stop.Token);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _door.Dispose();
        _stop.Dispose();
        _home.Delete(recursive: true);
    }

    [Fact]
    public async Task Session_KnownToken_CallsTools()
    {
        using var seat = Seat("the token", new() { ["mcp__agents__hidden"] = "deny" });
        await using var client = await ConnectAsync("the token");

        Assert.Equal("echo", Assert.Single(await client.ListToolsAsync(cancellationToken: _stop.Token)).Name);
        Assert.Equal("you said hello", TextOf(await client.CallToolAsync("echo", new Dictionary<string, object?> { ["text"] = "hello" }, cancellationToken: _stop.Token)));
        var refused = await client.CallToolAsync("hidden", cancellationToken: _stop.Token);
        Assert.True(refused.IsError);
        Assert.Contains("There are: echo", TextOf(refused), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Session_RunEnds_IsCutAndItsTokenIsDead()
    {
        var seat = Seat("the token", []);
        await using var stream = await OpenAsync("the token");

        seat.Dispose();

        Assert.Equal(0, await stream.ReadAsync(new byte[1], _stop.Token));
        Assert.StartsWith("no: this is the token of no run", (await AskAsync("the token")).Answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("the token of another")]
    [InlineData("the toke")]
    public async Task Connection_WrongToken_IsToldSo(string token)
    {
        using var seat = Seat("the token", []);

        Assert.StartsWith("no: this is the token of no run", (await AskAsync(token)).Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connection_OneTooMany_IsNotLetIn()
    {
        using var seat = Seat("the token", []);
        var open = await Task.WhenAll(Enumerable.Range(0, McpSeat.MostConnections).Select(_ => OpenAsync("the token")));

        Assert.StartsWith($"no: {McpSeat.MostConnections} connections", (await AskAsync("the token")).Answer, StringComparison.Ordinal);
        Array.ForEach(open, each => each.Dispose());
    }

    [Fact]
    public async Task Session_LineWithoutEnd_IsCutOff()
    {
        using var seat = Seat("the token", []);
        await using var stream = await OpenAsync("the token");
        var piece = Encoding.UTF8.GetBytes(new string('x', 1 << 20));

        await Assert.ThrowsAsync<IOException>(async () =>
        {
            for (var sent = 0; sent <= 3 * BoundedLines.Longest; sent += piece.Length)
            {
                await stream.WriteAsync(piece, _stop.Token);
            }
        });
    }

    [Fact]
    public void Socket_IsItsOwnersAlone()
    {
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(_door.Path!).UnixFileMode);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, new FileInfo(Path.GetDirectoryName(_door.Path)!).UnixFileMode);
    }

    private McpSeat Seat(string token, Dictionary<string, string> rules) => _door.Seat(token, _ => new(
        [
            RunTool.Of("echo", "Says it again.", """{"text":{"type":"string"}}""", ["text"], (arguments, _) => Task.FromResult($"you said {arguments.Text("text", 100)}")),
            RunTool.Of("hidden", "Is not shown.", "{}", [], (_, _) => Task.FromResult("")),
        ],
        new ToolRules(rules), new ScriptedPeople(new(false))));

    private async Task<McpClient> ConnectAsync(string token)
    {
        var stream = await OpenAsync(token);
        return await McpClient.CreateAsync(new StreamClientTransport(stream, stream), cancellationToken: _stop.Token);
    }

    private async Task<NetworkStream> OpenAsync(string token)
    {
        var (stream, answer) = await AskAsync(token);
        Assert.Equal(McpDoor.Welcome, answer);
        return stream;
    }

    private async Task<(NetworkStream Stream, string Answer)> AskAsync(string token)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        using var address = new McpAddress(_door.Path!);
        await socket.ConnectAsync(address.EndPoint, _stop.Token);
        var stream = new NetworkStream(socket, ownsSocket: true);
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"{token}\n"), _stop.Token);
        var answer = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one, _stop.Token) == 1 && one[0] != '\n')
        {
            answer.Append((char)one[0]);
        }

        return (stream, answer.ToString());
    }

    private static string TextOf(CallToolResult result) => string.Concat(result.Content.OfType<TextContentBlock>().Select(text => text.Text));
}
