using System.Text.Json;
using System.Text.Json.Nodes;

namespace Agents.Daemon.Work;

/// <summary>A result that more is told beside: what is no object stands in one as its text. Pure.</summary>
internal static class ResultObject
{
    public static JsonObject Of(JsonElement? result) => result switch
    {
        { ValueKind: JsonValueKind.Object } said => JsonObject.Create(said)!,
        null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => [],
        { } plain => new JsonObject { ["text"] = JsonNode.Parse(plain.GetRawText()) },
    };
}
