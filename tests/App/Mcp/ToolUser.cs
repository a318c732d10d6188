using System.Diagnostics;
using System.Text.Json;
using Agents.Contracts;
using Agents.Daemon.Mcp;
using Agents.Tests.App.Daemon;
using Agents.Tests.App.Whole;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Agents.Tests.App.Mcp;

/// <summary>A task's program, and its tools by way of a real <c>ccc mcp</c>. It works until it is told what it ends with.</summary>
internal sealed class ToolUser : IAsyncDisposable
{
    /// <summary>What a task's program does: it says where its tools are in the file that the prompt names, and waits for the one with its answer.</summary>
    public const string Script =
        """
        read where; printf '%s\n%s\n%s' "$CCC_MCP_SOCKET" "$CCC_MCP_TOKEN" "$PWD" > $where.new; mv $where.new $where
        while [ ! -e $where.go ]; do sleep 0.05; done; cat $where.go
        """;

    private readonly string _where;
    private readonly Process _process;

    private ToolUser(string where, string[] said, Process process, McpClient client) =>
        (_where, Socket, Token, Folder, _process, Client) = (where, said[0], said[1], said[2], process, client);

    public string Socket { get; }

    public string Token { get; }

    public string Folder { get; }

    public McpClient Client { get; }

    public Process Process => _process;

    /// <summary>A prompt for a task of such a program.</summary>
    public static string NewPrompt() => Path.Combine(Directory.CreateTempSubdirectory("ccc-tools-").FullName, "task");

    /// <summary>The program that a task with this prompt runs.</summary>
    public static async Task<ToolUser> OfAsync(string prompt)
    {
        await Eventually.TrueAsync(() => Task.FromResult(File.Exists(prompt)), WorkingDevice.Limit, $"the program of {prompt} runs");
        var said = await File.ReadAllLinesAsync(prompt, TestContext.Current.CancellationToken);
        var process = Start(said[0], said[1]);
        using var limit = new CancellationTokenSource(WorkingDevice.Limit);
        var client = await McpClient.CreateAsync(
            new StreamClientTransport(process.StandardInput.BaseStream, process.StandardOutput.BaseStream), cancellationToken: limit.Token);
        return new(prompt, said, process, client);
    }

    public static Process Start(string socket, string token)
    {
        var start = new ProcessStartInfo("setpriv", ["--pdeathsig", "SIGKILL", "dotnet", Ccc.Program, "mcp"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[McpLaunch.SocketVariable] = socket;
        start.Environment[McpLaunch.TokenVariable] = token;
        return Process.Start(start)!;
    }

    public async Task<JsonElement> CallAsync(string tool, object? arguments = null)
    {
        var result = await AskAsync(tool, arguments);
        Assert.False(result.IsError is true, TextOf(result));
        return JsonDocument.Parse(TextOf(result)).RootElement;
    }

    /// <summary>It is answered in words.</summary>
    public async Task TellAsync(string tool, object arguments)
    {
        var result = await AskAsync(tool, arguments);
        Assert.False(result.IsError is true, TextOf(result));
    }

    /// <summary>What it is told instead of what it asked for.</summary>
    public async Task<string> RefusedAsync(string tool, object? arguments = null)
    {
        var result = await AskAsync(tool, arguments);
        Assert.True(result.IsError is true, $"it was not refused: {TextOf(result)}");
        return TextOf(result);
    }

    public async Task<string> HandOverAsync(string agent, string prompt) =>
        (await CallAsync("hand_over", new { agent_id = agent, prompt })).GetProperty("task_id").GetString()!;

    public void End(string answer)
    {
        File.WriteAllText($"{_where}.writing", answer);
        File.Move($"{_where}.writing", $"{_where}.go");
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private async Task<CallToolResult> AskAsync(string tool, object? arguments)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(50));
        var given = JsonSerializer.SerializeToElement(arguments ?? new { }, WireJson.Options).EnumerateObject().ToDictionary(each => each.Name, each => (object?)each.Value);
        return await Client.CallToolAsync(tool, given, cancellationToken: limit.Token);
    }

    private static string TextOf(CallToolResult result) => string.Concat(result.Content.OfType<TextContentBlock>().Select(text => text.Text));
}
