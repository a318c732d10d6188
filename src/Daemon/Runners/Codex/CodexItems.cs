using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Daemon.Runners.Lines;

namespace Agents.Daemon.Runners.Codex;

/// <summary>What codex does and says is items. Those that are tools are told when they begin and when they end. Its two ways of talking write the same things a little differently.</summary>
internal static class CodexItems
{
    /// <summary>Null of what is no speech.</summary>
    public static string? Speech(string? type) => type switch
    {
        "agentMessage" or "agent_message" => "text",
        "reasoning" => "thinking",
        _ => null,
    };

    public static string? WordsOf(JsonElement item) =>
        item.TextAt("text") ?? string.Join('\n', item.ListAt("summary").Concat(item.ListAt("content")).Where(part => part.ValueKind is JsonValueKind.String).Select(part => part.GetString()));

    public static void Started(JsonElement item, IVoice voice, ref string? speaks)
    {
        if (NameOf(item) is not { } name)
        {
            return;
        }

        if (speaks is { } kind)
        {
            voice.EndOfText(kind);
            speaks = null;
        }

        voice.Say("tool", new JsonObject { ["id"] = item.TextAt("id"), ["name"] = name, ["status"] = "started", ["input"] = Input(item) }.Element());
    }

    /// <summary>False where it was no tool.</summary>
    public static bool Completed(JsonElement item, IVoice voice)
    {
        if (NameOf(item) is not { } name)
        {
            return false;
        }

        voice.Say("tool", new JsonObject
        {
            ["id"] = item.TextAt("id"),
            ["name"] = name,
            ["status"] = item.TextAt("status") is "failed" or "declined" ? "failed" : "done",
            ["input"] = Input(item),
            ["exit_code"] = item.NumberAt("exitCode") ?? item.NumberAt("exit_code"),
            ["output"] = Shortened.Of(item.At("aggregatedOutput") ?? item.At("aggregated_output") ?? item.At("result")),
        }.Element());
        return true;
    }

    public static JsonNode? Input(JsonElement item) =>
        item.TextAt("command") is { } command ? new JsonObject { ["command"] = command }
        : item.At("changes") is { } changes ? new JsonObject { ["files"] = JsonMade.Texts(changes.ValueKind is JsonValueKind.Array ? changes.EnumerateArray().Select(change => change.TextAt("path") ?? "?") : []) }
        : (item.At("arguments") ?? item.At("query"))?.Node();

    private static string? NameOf(JsonElement item) => item.TextAt("type") switch
    {
        "commandExecution" or "command_execution" => "shell",
        "fileChange" or "file_change" => "apply_patch",
        "mcpToolCall" or "mcp_tool_call" => $"{item.TextAt("server")}.{item.TextAt("tool")}",
        "webSearch" or "web_search" => "web_search",
        "dynamicToolCall" => item.TextAt("tool"),
        _ => null,
    };
}
