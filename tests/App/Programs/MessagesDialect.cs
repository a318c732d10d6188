using System.Text.Json;

namespace Agents.Tests.App.Programs;

/// <summary>POST /v1/messages, as claude speaks it.</summary>
internal static class MessagesDialect
{
    public static Heard Heard(JsonElement request)
    {
        var parts = request.GetProperty("messages").EnumerateArray().Where(message => message.GetProperty("role").GetString() is "user").SelectMany(Parts)
            .Where(part => part.Type is "tool_result" || (part.Type is "text" && !part.Text.Contains("<system-reminder>", StringComparison.Ordinal))).ToList();
        return new(parts[^1].Text, parts[^1].Type is "tool_result", request.TryGetProperty("tools", out var tools) && tools.GetArrayLength() > 0);
    }

    public static async Task SayAsync(Says says, JsonElement request, Heard heard)
    {
        await says.AsAsync("message_start", new
        {
            type = "message_start",
            message = new
            {
                id = $"msg_{Guid.NewGuid():N}",
                type = "message",
                role = "assistant",
                model = request.GetProperty("model").GetString(),
                content = Array.Empty<object>(),
                usage = new { input_tokens = 100, cache_read_input_tokens = 20, cache_creation_input_tokens = 5, output_tokens = 1 },
            },
        });
        if (heard.IsSlow)
        {
            await says.ForEverAsync();
        }

        var (block, delta) = heard.Tool is { } command
            ? ((object)new { type = "tool_use", id = $"tu_{Guid.NewGuid():N}", name = "Bash", input = new { } },
                (object)new { type = "input_json_delta", partial_json = JsonSerializer.Serialize(new { command, description = "as told" }) })
            : heard.Colleagues is { } call ? (new { type = "tool_use", id = $"tu_{Guid.NewGuid():N}", name = $"mcp__agents__{call.Name}", input = new { } }, new { type = "input_json_delta", partial_json = call.Arguments })
            : (new { type = "text", text = "" }, new { type = "text_delta", text = heard.Answer });
        await says.AsAsync("content_block_start", new { type = "content_block_start", index = 0, content_block = block });
        await says.AsAsync("content_block_delta", new { type = "content_block_delta", index = 0, delta });
        await says.AsAsync("content_block_stop", new { type = "content_block_stop", index = 0 });
        await says.AsAsync("message_delta", new
        {
            type = "message_delta",
            delta = new { stop_reason = !heard.CallsTool ? "end_turn" : "tool_use" },
            usage = new { output_tokens = 40 },
        });
        await says.AsAsync("message_stop", new { type = "message_stop" });
    }

    private static IEnumerable<(string Type, string Text)> Parts(JsonElement message) => message.GetProperty("content") is { ValueKind: JsonValueKind.Array } parts
        ? parts.EnumerateArray().Select(part => (part.GetProperty("type").GetString()!, part.TryGetProperty("text", out var text) ? text.GetString()! : part.GetRawText()))
        : [("text", message.GetProperty("content").GetString()!)];
}
