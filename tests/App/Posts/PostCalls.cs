using System.Text.Json;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Posts;

/// <summary>Posts as an operator meets them.</summary>
internal static class PostCalls
{
    public static async Task<string> PostOfAsync(this Api api, object? template = null, string? name = null)
    {
        var made = await api.PostAsync("/api/v1/posts", new { name = name ?? $"post {Guid.NewGuid():N}", template = template ?? new { } });
        made.Is(201, 0);
        return made.Text("id");
    }

    /// <summary>Agents of a post, by their names and devices.</summary>
    public static async Task<List<(string Name, string Device)>> StaffAsync(this Api api, string post, object order)
    {
        var made = await api.PostAsync($"/api/v1/posts/{post}/agents", order);
        made.Is(201, 0);
        return [.. made.Data.GetProperty("agents").EnumerateArray().Select(agent => (agent.GetProperty("name").GetString()!, agent.GetProperty("device_id").GetString()!))];
    }

    public static string[] Fields(this Answer answer)
    {
        answer.Is(400, 1001);
        return [.. answer.Data.GetProperty("errors").EnumerateObject().Select(error => error.Name).Order()];
    }

    public static IEnumerable<JsonElement> Items(this Answer answer) => answer.Data.GetProperty("items").EnumerateArray();
}
