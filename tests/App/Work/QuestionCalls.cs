using System.Text.Json;
using Agents.Contracts.Realtime;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Work;

/// <summary>Questions as an agent asks them, and as people meet them.</summary>
internal static class QuestionCalls
{
    public static Task AskAsync(
        this Worker worker, Given task, string questionId, string kind = "permission", string[]? options = null, TimeSpan? within = null, string? id = null) =>
        worker.Socket.SendAsync(
            FrameType.TaskQuestion,
            new
            {
                task_id = task.Id,
                attempt = task.Attempt,
                question_id = questionId,
                kind,
                title = $"May I {questionId}?",
                detail = "rm -r build",
                options = options ?? ["allow", "deny"],
                @default = "deny",
                expires_at = TimeProvider.System.GetUtcNow() + (within ?? TimeSpan.FromMinutes(5)),
            },
            id);

    public static Task<JsonElement> AnsweredAsync(this Worker worker, string questionId, TimeSpan? limit = null) =>
        worker.Socket.NextAsync(FrameType.TaskAnswer, answer => answer.GetProperty("question_id").GetString() == questionId, limit);

    public static Task<Answer> AnswerAsync(this Api api, string task, object answer) => api.PostAsync($"/api/v1/tasks/{task}/answer", answer);

    public static async Task<JsonElement> QuestionAsync(this Api api, string task, string questionId)
    {
        var asked = await api.GetAsync($"/api/v1/tasks/{task}/questions");
        asked.Is(200, 0);
        return asked.Data.GetProperty("items").EnumerateArray().Single(question => question.GetProperty("question_id").GetString() == questionId);
    }

    /// <summary>What waits for this person, of this task.</summary>
    public static async Task<IReadOnlyList<string>> WaitingAsync(this Api api, string task)
    {
        var open = await api.GetAsync("/api/v1/questions?open=true&page_size=200");
        open.Is(200, 0);
        return
        [
            .. open.Data.GetProperty("items").EnumerateArray().Where(question => question.GetProperty("task_id").GetString() == task)
                .Select(question => question.GetProperty("question_id").GetString()!),
        ];
    }
}
