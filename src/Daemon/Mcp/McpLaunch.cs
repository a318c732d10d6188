using Agents.Daemon.Processes;

namespace Agents.Daemon.Mcp;

/// <summary>How a task's program gets at its tools: what it starts, and the variables by which that finds its way.</summary>
internal sealed record McpLaunch(string Socket, string Token)
{
    /// <summary>What programs call it; a tool of it is <c>mcp__agents__hand_over</c> to most of them.</summary>
    public const string Name = "agents";

    public const string SocketVariable = "CCC_MCP_SOCKET";
    public const string TokenVariable = "CCC_MCP_TOKEN";

    public IReadOnlyList<string> Command { get; } = [.. OwnProgram.Command, "mcp"];

    public IReadOnlyDictionary<string, string> Variables { get; } = new Dictionary<string, string> { [SocketVariable] = Socket, [TokenVariable] = Token };
}
