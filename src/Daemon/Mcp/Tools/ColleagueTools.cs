using Agents.Contracts;
using Agents.Contracts.Scheduler;
using Agents.Daemon.Redaction;

namespace Agents.Daemon.Mcp.Tools;

/// <summary>Who else is there, and work that is handed to them.</summary>
internal static class ColleagueTools
{
    private const int LongestWait = 45;
    private const int UsualWait = 30;

    private static readonly TimeSpan AskLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    public static IEnumerable<RunTool> Of(McpRun run) =>
    [
        RunTool.Of(
            "list_agents",
            "Lists the agents that you can hand work to: what each is for and can do, whether it is online, and how many of its places are taken. Look here before hand_over.",
            "{}", [], (_, cancellationToken) => ListAsync(run, cancellationToken)),
        RunTool.Of(
            "hand_over",
            "Hands a piece of work to another agent, by agent_id, or to whoever of a post is free, by post_id. It begins at once or when there is room, and is canceled if your own task is canceled or fails. "
            + "Answers with its task_id; use wait_for to get the result. The other agent knows nothing of your task: the prompt has to say all that it needs.",
            """
            {"agent_id":{"type":"string","description":"From list_agents."},
             "post_id":{"type":"string","description":"Instead of agent_id: any agent of this post."},
             "prompt":{"type":"string","description":"What is to be done, with all that has to be known for it."},
             "input":{"description":"Data for it, as JSON."},
             "timeout_seconds":{"type":"integer","minimum":1,"description":"How long it may work on it."}}
            """,
            ["prompt"], (arguments, cancellationToken) => HandOverAsync(run, arguments, cancellationToken)),
        RunTool.Of(
            "wait_for",
            "Waits until work that you handed over has ended, and tells its state and result. It waits for some seconds at most: if it has not ended by then, call it again, or do something else meanwhile.",
            """
            {"task_id":{"type":"string","description":"From hand_over."},
             "seconds":{"type":"integer","minimum":0,"maximum":45,"description":"How long to wait at most; 30 if left out."}}
            """,
            ["task_id"], (arguments, cancellationToken) => WaitAsync(run, arguments, cancellationToken)),
        RunTool.Of(
            "handed_over", "Lists all work that this task has handed over, in earlier attempts too, with how each stands just now. Results come with wait_for.",
            "{}", [], (_, cancellationToken) => HandedAsync(run, cancellationToken)),
    ];

    private static async Task<string> ListAsync(McpRun run, CancellationToken cancellationToken) =>
        McpRun.Told(await run.Server.ColleaguesAsync(run, cancellationToken), DaemonJson.Wire.ListOfColleague);

    private static async Task<string> HandOverAsync(McpRun run, ToolArguments arguments, CancellationToken cancellationToken)
    {
        var (agent, post) = (arguments.OptionalText("agent_id", Ids.MaxLength), arguments.OptionalText("post_id", Ids.MaxLength));
        if (agent is null == post is null)
        {
            throw new ToolFault("Say to whom: either agent_id or post_id. list_agents shows both.");
        }

        var prompt = run.Safe(arguments.Text("prompt", SubmitTaskRequest.MaxPromptBytes));
        var input = arguments.Any("input") is { } given ? RedactedJson.Of(given, run.Redactor) : (System.Text.Json.JsonElement?)null;
        // One key for all tries: should an answer be lost, it is handed over once.
        var request = new HandOverRequest(run.Attempt, agent, post, prompt, input, arguments.OptionalNumber("timeout_seconds", 1, 30 * 24 * 3600), Guid.NewGuid().ToString("N"));
        for (var left = 3; ; left--)
        {
            try
            {
                return McpRun.Told(await run.Server.HandOverAsync(run, request, cancellationToken), DaemonJson.Wire.HandedOver);
            }
            catch (Failure failure) when (!failure.IsFinal && left > 1)
            {
                await Task.Delay(PauseAfterFailure, run.Time, cancellationToken);
            }
        }
    }

    private static async Task<string> WaitAsync(McpRun run, ToolArguments arguments, CancellationToken cancellationToken)
    {
        var task = arguments.Text("task_id", Ids.MaxLength);
        var limit = TimeSpan.FromSeconds(arguments.OptionalNumber("seconds", 0, LongestWait) ?? UsualWait);
        for (var began = run.Time.GetTimestamp(); ;)
        {
            var left = limit - run.Time.GetElapsedTime(began);
            try
            {
                var wait = left < AskLimit ? left : AskLimit;
                var seen = await run.Server.HandoverAsync(run, task, wait > TimeSpan.Zero ? (int)Math.Ceiling(wait.TotalSeconds) : 0, cancellationToken)
                    ?? throw new ToolFault($"You have handed over no task {task}. handed_over lists those that you have.");
                if (Contracts.Scheduler.TaskStatus.IsEnd(seen.Status) || limit <= run.Time.GetElapsedTime(began))
                {
                    return McpRun.Told(seen, DaemonJson.Wire.HandoverView);
                }
            }
            catch (Failure failure) when (!failure.IsFinal && left > PauseAfterFailure)
            {
                await Task.Delay(PauseAfterFailure, run.Time, cancellationToken);
            }
        }
    }

    private static async Task<string> HandedAsync(McpRun run, CancellationToken cancellationToken) =>
        McpRun.Told(await run.Server.HandoversAsync(run, cancellationToken), DaemonJson.Wire.ListOfHandoverView);
}
