namespace Agents.Daemon.Mcp.Tools;

/// <summary>A call can't be done: said to the model, in words that it can act on.</summary>
internal sealed class ToolFault(string message) : Exception(message);
