using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Agents.Contracts.Realtime;
using Agents.Contracts.Scheduler;
using Agents.Daemon.Runners;
using Microsoft.Extensions.Logging;

namespace Agents.Daemon.Work;

/// <summary>What a task needs before its program can begin: what its agent is, its words, its secrets. Where the server is away they are waited for.</summary>
internal sealed partial class Preparing(AgentSetups setups, IServerCalls server, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>An agent that was made just now may get its first task before it is known here what it is.</summary>
    private static readonly TimeSpan SetupLimit = TimeSpan.FromSeconds(3);

    /// <summary>The accept goes by another way than the question, and may be on its way.</summary>
    private static readonly TimeSpan OursLimit = TimeSpan.FromSeconds(30);

    /// <summary>How many tasks at once; null where that is not known here.</summary>
    public int? PlacesOf(string agentId) => setups.Of(agentId)?.Concurrency;

    /// <exception cref="WorkFault">There is none to work by.</exception>
    public async Task<AgentSetup> SetupAsync(string agentId, CancellationToken stop)
    {
        for (var began = time.GetTimestamp(); ;)
        {
            if (setups.Of(agentId) is { } setup)
            {
                return setup.IsUnknown ? throw Unknown(agentId, "") : setup;
            }

            // The server tells of those alone that have a post.
            if (time.GetElapsedTime(began) >= SetupLimit)
            {
                throw Unknown(agentId, " (or this device was not told of it yet)");
            }

            await Task.Delay(FirstPause, time, stop);
        }
    }

    /// <summary>Given back: with a post it can be done, and another may have one.</summary>
    private static WorkFault Unknown(string agentId, string or) => new(
        TaskErrorKind.Refused,
        $"The agent {agentId} has no post{or}, so this device does not know how it works. Give it one: PATCH /api/v1/agents/{agentId} with post_id. With the runner command, the post's command is what runs.");

    public async Task<RunnerTask> WordsAsync(TaskOrder order, AgentSetup setup, string folder, string home, CancellationToken stop)
    {
        var prompt = order.PromptRef is { } longPrompt ? await ContentAsync("prompt", longPrompt, stop) : order.Prompt;
        var input = order.Input;
        if (order.InputRef is { } longInput)
        {
            using var json = JsonDocument.Parse(await ContentAsync("input", longInput, stop));
            input = json.RootElement.Clone();
        }

        return new(order, setup, prompt, input, folder, home);
    }

    /// <returns>The variables that are secrets, with their values.</returns>
    /// <exception cref="WorkFault">One is missing, and is named.</exception>
    public async Task<IReadOnlyDictionary<string, string>> SecretsAsync(TaskAttempt attempt, AgentSetup setup, CancellationToken stop)
    {
        if (setup.SecretVariables is not { Count: > 0 } wanted)
        {
            return new Dictionary<string, string>();
        }

        var began = time.GetTimestamp();
        var given = await AskedAsync(
            "secrets", async () => await server.SecretsAsync(attempt.TaskId, attempt.Attempt, stop), () => time.GetElapsedTime(began) < OursLimit, TaskErrorKind.Failed, stop);
        return wanted.FirstOrDefault(name => !given.ContainsKey(name)) is { } missing
            ? throw new WorkFault(TaskErrorKind.Failed, $"The server gave no value for the secret variable {missing}: the post was changed a moment ago, or the secret is not written.", retryable: true)
            : given;
    }

    private async Task<string> ContentAsync(string what, ContentRef content, CancellationToken stop)
    {
        var text = await AskedAsync(what, () => server.ContentAsync(content, stop), () => false, TaskErrorKind.Crashed, stop);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))) == content.Sha256
            ? text
            : throw new WorkFault(TaskErrorKind.Crashed, $"The {what} of the task did not come whole.");
    }

    /// <param name="again">Whether to ask again where the server says that there is no such thing.</param>
    private async Task<T> AskedAsync<T>(string what, Func<Task<T?>> ask, Func<bool> again, string kind, CancellationToken stop)
        where T : class
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                if (await ask() is { } answer)
                {
                    return answer;
                }

                if (!again())
                {
                    throw new WorkFault(kind, $"The server does not give this device the {what} of the task.", retryable: true);
                }
            }
            catch (Failure failure) when (failure.IsFinal)
            {
                throw new WorkFault(kind, failure.Message);
            }
            catch (Failure failure)
            {
                Log.NotGiven(log, what, failure.Message);
            }

            await Task.Delay(pause, time, stop);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The {What} of a task can't be fetched just now, and is asked for again: {Problem}")]
        public static partial void NotGiven(ILogger log, string what, string problem);
    }
}
