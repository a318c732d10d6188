using System.Text.Json.Nodes;
using Agents.Daemon.Mcp;
using Agents.Daemon.Runners.Lines;

namespace Agents.Daemon.Runners.Acp;

/// <summary>The tools that an ACP program is to have besides its own: told on its stdin, which nobody else reads.</summary>
internal static class AcpServers
{
    public static JsonArray Of(McpLaunch? mcp) => mcp is null ? [] : new JsonArray(new JsonObject
    {
        ["name"] = McpLaunch.Name,
        ["command"] = mcp.Command[0],
        ["args"] = JsonMade.Texts(mcp.Command.Skip(1)),
        ["env"] = new JsonArray([.. mcp.Variables.Select(each => (JsonNode?)new JsonObject { ["name"] = each.Key, ["value"] = each.Value })]),
    });
}
