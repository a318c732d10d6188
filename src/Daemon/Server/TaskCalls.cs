using System.Globalization;
using Agents.Contracts;
using Agents.Contracts.Posts;
using Agents.Contracts.Scheduler;

namespace Agents.Daemon.Server;

/// <summary>Tasks, and what is said to them.</summary>
internal static class TaskCalls
{
    private static readonly DaemonJson Json = DaemonJson.Wire;

    public static Task<SubmittedTask> SubmitAsync(this ServerApi api, SubmitTaskRequest task, string credential, CancellationToken cancellationToken) =>
        api.PostAsync("tasks", task, Json.SubmitTaskRequest, Json.SubmittedTask, credential, cancellationToken);

    public static async Task<TaskList> TasksAsync(this ServerApi api, string query, string credential, CancellationToken cancellationToken) =>
        await api.GetAsync($"tasks?{query}", Json.TaskList, credential, cancellationToken) ?? throw api.Strange("tasks");

    /// <summary>Null where there is none, or it is not to be seen.</summary>
    public static Task<TaskView?> TaskAsync(this ServerApi api, string id, string credential, CancellationToken cancellationToken) =>
        api.GetAsync($"tasks/{Uri.EscapeDataString(id)}", Json.TaskView, credential, cancellationToken);

    /// <summary>In their order; where there are none, the server waits for some for so many seconds. Null where there is no such task.</summary>
    public static async Task<IReadOnlyList<TaskEventView>?> TaskEventsAsync(this ServerApi api, string id, long after, int limit, int wait, string credential, CancellationToken cancellationToken)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"tasks/{Uri.EscapeDataString(id)}/events?after={after}&limit={limit}&wait={wait}");
        return (await api.GetAsync(path, Json.TaskEventList, credential, cancellationToken))?.Items;
    }

    /// <summary>Null where there is no such task.</summary>
    public static Task<ListOf<QuestionView>?> QuestionsAsync(this ServerApi api, string task, string credential, CancellationToken cancellationToken) =>
        api.GetAsync($"tasks/{Uri.EscapeDataString(task)}/questions", Json.ListOfQuestionView, credential, cancellationToken);

    public static Task<AnsweredTask> AnswerAsync(this ServerApi api, string task, AnswerTaskRequest answer, string credential, CancellationToken cancellationToken) =>
        api.PostAsync($"tasks/{Uri.EscapeDataString(task)}/answer", answer, Json.AnswerTaskRequest, Json.AnsweredTask, credential, cancellationToken);

    public static Task<CanceledTask> CancelAsync(this ServerApi api, string task, CancelTaskRequest request, string credential, CancellationToken cancellationToken) =>
        api.PostAsync($"tasks/{Uri.EscapeDataString(task)}/cancel", request, Json.CancelTaskRequest, Json.CanceledTask, credential, cancellationToken);

    public static Task<ToldTask> TellAgentAsync(this ServerApi api, string agent, TellTaskRequest request, string credential, CancellationToken cancellationToken) =>
        api.PostAsync($"agents/{Uri.EscapeDataString(agent)}/message", request, Json.TellTaskRequest, Json.ToldTask, credential, cancellationToken);

    /// <summary>Null where this attempt is not, or no longer, of who asks.</summary>
    public static async Task<TaskSecrets?> TaskSecretsAsync(this ServerApi api, string taskId, int attempt, string credential, CancellationToken cancellationToken)
    {
        try
        {
            return await api.PostAsync($"tasks/{Uri.EscapeDataString(taskId)}/secrets", new(attempt), Json.TaskSecretsRequest, Json.TaskSecrets, credential, cancellationToken);
        }
        catch (Failure failure) when (failure.Code is ErrorCode.NotFound)
        {
            return null;
        }
    }
}
