using System.Text.Json;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Work;

/// <summary>Tasks as their owner meets them.</summary>
internal static class TaskCalls
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public static async Task<string> SubmitAsync(this Api api, object task)
    {
        var submitted = await api.PostAsync("/api/v1/tasks", task);
        submitted.Is(202, 0);
        return submitted.Text("task_id");
    }

    public static async Task<JsonElement> TaskAsync(this Api api, string id)
    {
        var found = await api.GetAsync($"/api/v1/tasks/{id}");
        found.Is(200, 0);
        return found.Data;
    }

    public static async Task<JsonElement> IsAsync(this Api api, string id, string status, TimeSpan? limit = null)
    {
        JsonElement task = default;
        await Eventually.TrueAsync(
            async () => (task = await api.TaskAsync(id)).GetProperty("status").GetString() == status, limit ?? Limit, $"{id} is {status} (it is {(task.ValueKind is JsonValueKind.Undefined ? "?" : task)})");
        return task;
    }

    /// <summary>The states that it went through, as its events tell.</summary>
    public static async Task<string> StatesAsync(this Api api, string id)
    {
        var events = await api.GetAsync($"/api/v1/tasks/{id}/events?limit=1000");
        events.Is(200, 0);
        var items = events.Data.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(1, items.Count).Select(n => (long)n), items.Select(item => item.GetProperty("number").GetInt64()));
        return string.Join(' ', items.Where(item => item.GetProperty("kind").GetString() == "state").Select(item => item.GetProperty("status").GetString()));
    }
}
