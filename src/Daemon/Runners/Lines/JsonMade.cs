using System.Text.Json;
using System.Text.Json.Nodes;

namespace Agents.Daemon.Runners.Lines;

internal static class JsonMade
{
    /// <summary>What was put together here, as what is told has it.</summary>
    public static JsonElement Element(this JsonNode node) => JsonElement.Parse(node.ToJsonString());

    public static JsonNode? Node(this JsonElement json) => json.ValueKind is JsonValueKind.Undefined ? null : JsonNode.Parse(json.GetRawText());

    public static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode?)text)];
}
