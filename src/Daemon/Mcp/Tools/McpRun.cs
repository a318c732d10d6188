using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Agents.Daemon.Redaction;
using Agents.Daemon.Runners;

namespace Agents.Daemon.Mcp.Tools;

/// <summary>The run that the tools are for. What leaves the device for others to read has no secret of the task in it.</summary>
internal sealed record McpRun(
    string TaskId, int Attempt, string AgentId, string Folder, Redactor Redactor, IVoice Voice, IPeople People, RunServer Server, TimeProvider Time, CancellationToken Over)
{
    public string Safe(string text) => Redactor.Redact(text).Replace('\0', '\uFFFD');

    public static string Told<T>(T answer, JsonTypeInfo<T> type) => JsonSerializer.Serialize(answer, type);
}
