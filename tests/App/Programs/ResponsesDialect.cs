using System.Text.Json;

namespace Agents.Tests.App.Programs;

/// <summary>POST /v1/responses, as codex speaks it.</summary>
internal static class ResponsesDialect
{
    public static Heard Heard(JsonElement request)
    {
        var last = request.GetProperty("input").EnumerateArray().Last();
        var isResult = last.GetProperty("type").GetString() is "function_call_output" or "custom_tool_call_output";
        var text = isResult ? last.GetRawText() : string.Concat(last.GetProperty("content").EnumerateArray().Select(part => part.GetProperty("text").GetString()));
        return new(text, isResult, request.GetProperty("tools").GetArrayLength() > 0);
    }

    public static async Task SayAsync(Says says, JsonElement request, Heard heard)
    {
        var id = $"resp_{Guid.NewGuid():N}";
        await says.AsAsync("response.created", new { type = "response.created", response = new { id } });
        if (heard.IsSlow)
        {
            await says.ForEverAsync();
        }

        if (heard.Tool is { } command)
        {
            var arguments = JsonSerializer.Serialize(new { cmd = command });
            await DoneAsync(says, new { type = "reasoning", id = $"rs_{Guid.NewGuid():N}", summary = new[] { new { type = "summary_text", text = "A command it is." } } });
            await DoneAsync(says, new { type = "function_call", id = $"fc_{Guid.NewGuid():N}", call_id = $"call_{Guid.NewGuid():N}", name = "exec_command", arguments });
        }
        else if (heard.Colleagues is { } call)
        {
            var (name, space) = Named(request, call.Name);
            await DoneAsync(says, new { type = "function_call", id = $"fc_{Guid.NewGuid():N}", call_id = $"call_{Guid.NewGuid():N}", name, @namespace = space, arguments = call.Arguments });
        }
        else
        {
            var item = $"msg_{Guid.NewGuid():N}";
            await says.AsAsync("response.output_item.added", new
            {
                type = "response.output_item.added",
                output_index = 0,
                item = new { type = "message", id = item, role = "assistant", content = Array.Empty<object>() },
            });
            await says.AsAsync("response.output_text.delta", new { type = "response.output_text.delta", item_id = item, output_index = 0, content_index = 0, delta = heard.Answer });
            await DoneAsync(says, new { type = "message", id = item, role = "assistant", content = new[] { new { type = "output_text", text = heard.Answer } } });
        }

        var usage = new { input_tokens = 100, input_tokens_details = new { cached_tokens = 20 }, output_tokens = 40, output_tokens_details = new { reasoning_tokens = 5 }, total_tokens = 140 };
        await says.AsAsync("response.completed", new { type = "response.completed", response = new { id, usage, output = Array.Empty<object>() } });
    }

    /// <summary>As it was offered: with its server in front, or within the server's own space of names.</summary>
    private static (string Name, string? Space) Named(JsonElement request, string tool)
    {
        foreach (var offered in request.GetProperty("tools").EnumerateArray().Where(each => each.TryGetProperty("name", out _)))
        {
            var name = offered.GetProperty("name").GetString()!;
            if (name.EndsWith($"agents__{tool}", StringComparison.Ordinal))
            {
                return (name, null);
            }

            if (name.Contains("agents", StringComparison.Ordinal) && offered.TryGetProperty("tools", out var within)
                && within.EnumerateArray().Any(each => each.GetProperty("name").GetString() == tool))
            {
                return (tool, name);
            }
        }

        throw new InvalidOperationException($"no {tool} was offered: {request.GetProperty("tools")}");
    }

    private static Task DoneAsync(Says says, object item) => says.AsAsync("response.output_item.done", new { type = "response.output_item.done", output_index = 0, item });
}
