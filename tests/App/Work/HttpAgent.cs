using System.Text.Json;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Work;

/// <summary>An agent that only speaks HTTP, by its own token, and does what the test says.</summary>
internal sealed class HttpAgent(string id, Api api)
{
    public string Id => id;

    public static async Task<HttpAgent> MakeAsync(AgentsApp app, Api operatorApi, int concurrency = 1, string[]? capabilities = null, string? deviceId = null) => new(
        await Fleet.AgentAsync(operatorApi, new { name = "by http", token = Worker.Token, concurrency, capabilities = capabilities ?? [], device_id = deviceId }),
        app.Anonymous().With(Worker.Token));

    public Task<Answer> AcceptAsync(string task, int? attempt = null) => PostAsync(task, "accept", new { attempt });

    /// <summary>The order, as it was answered.</summary>
    public async Task<Given> TakeAsync(string task)
    {
        var answer = await AcceptAsync(task);
        answer.Is(200, 0);
        return new(task, answer.Data.GetProperty("attempt").GetInt32(), answer.Data);
    }

    public Task<JsonElement> BeatAsync(Given task) => SayAsync(task, "progress", new { attempt = task.Attempt });

    public Task<JsonElement> ProgressAsync(Given task, long seq, string data) =>
        SayAsync(task, "progress", new { attempt = task.Attempt, seq, kind = "text", data });

    public async Task<(bool Accepted, string? Reason)> ResultAsync(Given task, object result) =>
        AckOf(await SayAsync(task, "result", new { attempt = task.Attempt, result }));

    public async Task<(bool Accepted, string? Reason)> ErrorAsync(Given task, string kind, string message) =>
        AckOf(await SayAsync(task, "error", new { attempt = task.Attempt, kind, message }));

    public async Task<IReadOnlyList<string>> QueuedAsync()
    {
        var list = await api.GetAsync($"/api/v1/agents/{id}/tasks?status=queued", ("X-Agent-ID", id));
        list.Is(200, 0);
        return [.. list.Data.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("task_id").GetString()!)];
    }

    public Task<Answer> PostAsync(string task, string word, object body) => api.PostAsync($"/api/v1/tasks/{task}/{word}", body, ("X-Agent-ID", id));

    private async Task<JsonElement> SayAsync(Given task, string word, object body)
    {
        var answer = await PostAsync(task.Id, word, body);
        answer.Is(200, 0);
        return answer.Data;
    }

    private static (bool Accepted, string? Reason) AckOf(JsonElement said) =>
        (said.GetProperty("accepted").GetBoolean(), said.TryGetProperty("reason", out var reason) ? reason.GetString() : null);
}
