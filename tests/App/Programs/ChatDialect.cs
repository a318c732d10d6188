using System.Text.Json;

namespace Agents.Tests.App.Programs;

/// <summary>POST /v1/chat/completions, as opencode speaks it.</summary>
internal static class ChatDialect
{
    public static Heard Heard(JsonElement request)
    {
        var last = request.GetProperty("messages").EnumerateArray().Last();
        var content = last.GetProperty("content");
        var text = content.ValueKind is JsonValueKind.String ? content.GetString()! : string.Concat(content.EnumerateArray().Select(part => part.GetProperty("text").GetString()));
        return new(text, last.GetProperty("role").GetString() is "tool", request.TryGetProperty("tools", out var tools) && tools.GetArrayLength() > 0);
    }

    public static async Task SayAsync(Says says, JsonElement request, Heard heard)
    {
        if (heard.IsSlow)
        {
            await PieceAsync(says, request, new { role = "assistant", content = "Well " }, null, null);
            await says.ForEverAsync();
        }

        if (heard.Tool is { } command)
        {
            var call = new { name = "bash", arguments = JsonSerializer.Serialize(new { command, description = "as told" }) };
            await PieceAsync(says, request, new { role = "assistant", tool_calls = new[] { new { index = 0, id = $"call_{Guid.NewGuid():N}", type = "function", function = call } } }, null, null);
        }
        else if (heard.Colleagues is { } colleagues)
        {
            var call = new { name = $"agents_{colleagues.Name}", arguments = colleagues.Arguments };
            await PieceAsync(says, request, new { role = "assistant", tool_calls = new[] { new { index = 0, id = $"call_{Guid.NewGuid():N}", type = "function", function = call } } }, null, null);
        }
        else
        {
            await PieceAsync(says, request, new { role = "assistant", content = heard.Answer }, null, null);
        }

        var usage = new { prompt_tokens = 100, completion_tokens = 40, total_tokens = 140, prompt_tokens_details = new { cached_tokens = 20 } };
        await PieceAsync(says, request, new { }, !heard.CallsTool ? "stop" : "tool_calls", usage);
        await says.DataAsync("[DONE]");
    }

    private static Task PieceAsync(Says says, JsonElement request, object delta, string? finish, object? usage) => says.DataAsync(JsonSerializer.Serialize(new
    {
        id = "chat-1",
        @object = "chat.completion.chunk",
        created = 1,
        model = request.GetProperty("model").GetString(),
        choices = new[] { new { index = 0, delta, finish_reason = finish } },
        usage,
    }));
}
