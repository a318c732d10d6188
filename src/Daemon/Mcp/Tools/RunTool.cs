using System.Text.Json;

namespace Agents.Daemon.Mcp.Tools;

/// <summary>Something that a task's program can have done.</summary>
/// <param name="Schema">Of its arguments.</param>
/// <param name="Act">What it is told then.</param>
internal sealed record RunTool(string Name, string Description, JsonElement Schema, Func<ToolArguments, CancellationToken, Task<string>> Act)
{
    /// <param name="properties">The properties of the arguments' JSON schema.</param>
    public static RunTool Of(string name, string description, string properties, string[] required, Func<ToolArguments, CancellationToken, Task<string>> act) => new(
        name, description,
        JsonElement.Parse($$"""{"type":"object","properties":{{properties}},"required":[{{string.Join(',', required.Select(each => $"\"{each}\""))}}],"additionalProperties":false}"""), act);
}
